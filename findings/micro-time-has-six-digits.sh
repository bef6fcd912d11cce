#!/usr/bin/env bash
# Kubernetes' MicroTime: it reads six digits of a second and nothing else; Python's client writes none at a whole second.
#
# Expected: a time of RFC 3339 is a time, with or without a fraction, as it is for `metadata.creationTimestamp`; and what the
#   official client makes of a time is what the API server reads.
# What happens: a MicroTime (a Lease's `renewTime` and `acquireTime`, an Event's `eventTime`) is refused without a fraction, and with
#   three digits, as JavaScript's `toISOString` has them. A Time takes them all. Python's client writes `isoformat()`: six
#   digits, or no fraction when the microseconds happen to be 0.
# Why it matters: a leader that renews its lease from Python fails once in a million times, and always where the time is rounded
#   to seconds; a lease that is written by hand as 2024-01-01T00:00:00Z is refused.
# k8s.io/apimachinery v0.34.2 (Go), kubernetes 37.0.2 (PyPI), seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check kubernetes==37.0.2
cat > probe.py <<'END'
import json
from datetime import datetime, timezone
from kubernetes import client

for microsecond in (0, 1000, 5):
    lease = client.V1LeaseSpec(renew_time=datetime(2024, 1, 1, microsecond=microsecond, tzinfo=timezone.utc))
    print("Python", client.ApiClient().sanitize_for_serialization(lease)["renewTime"])
END
cat > main.go <<'END'
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		_, text, _ := strings.Cut(lines.Text(), " ")
		var micro metav1.MicroTime
		var whole metav1.Time
		quoted := []byte(`"` + text + `"`)
		refused, refusedWhole := json.Unmarshal(quoted, &micro) != nil, json.Unmarshal(quoted, &whole) != nil
		fmt.Printf("%s: MicroTime refused %t, Time refused %t\n", lines.Text(), refused, refusedWhole)
	}
}
END
python/bin/python probe.py > times.txt
node -e "console.log('JavaScript', new Date(Date.UTC(2024, 0, 1)).toISOString())" >> times.txt
echo 'hand 2024-01-01T00:00:00Z' >> times.txt
go mod init probe 2> log.txt && go get k8s.io/apimachinery@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . < times.txt > seen.txt
diff - seen.txt <<'SEEN'
Python 2024-01-01T00:00:00+00:00: MicroTime refused true, Time refused false
Python 2024-01-01T00:00:00.001000+00:00: MicroTime refused false, Time refused false
Python 2024-01-01T00:00:00.000005+00:00: MicroTime refused false, Time refused false
JavaScript 2024-01-01T00:00:00.000Z: MicroTime refused true, Time refused false
hand 2024-01-01T00:00:00Z: MicroTime refused true, Time refused false
SEEN
