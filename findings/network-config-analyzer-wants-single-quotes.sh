#!/usr/bin/env bash
# network-config-analyzer: selectors as Calico prints them are invalid to it.
#
# Expected: what Calico's own parser prints of a selector, its canonical form, is read by every tool for Calico's policies.
# What happens: Calico prints text in double quotes. The analyzer reads single quotes only: it takes the
#   selector that was parsed, and ends with "Invalid expression" at the one that was printed.
# Why it matters: whoever normalizes policies, or takes selectors from Felix, writes what this tool does not read; a printer of
#   selectors for all tools quotes with ' wherever the text has none.
# network-config-analyzer 2.1.0, Calico 3.28.5, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"
	"os"

	"github.com/projectcalico/calico/libcalico-go/lib/selector"
)

func main() {
	parsed, err := selector.Parse(os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Println(parsed)
}
END
go mod init probe 2> log.txt
for name in api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider cluster-bootstrap component-base \
  component-helpers controller-manager cri-api csi-translation-lib endpointslice kube-aggregator kube-controller-manager kube-proxy \
  kube-scheduler kubectl kubelet legacy-cloud-providers metrics mount-utils pod-security-admission sample-apiserver; do
  go mod edit -replace "k8s.io/$name=k8s.io/$name@v0.29.15"
done
go mod edit -replace k8s.io/kubernetes=k8s.io/kubernetes@v1.29.15 \
  -replace github.com/projectcalico/api=github.com/projectcalico/api@v0.0.0-20240708202104-e3f70b269c2c
go get github.com/projectcalico/calico@v1.11.0-cni-plugin.0.20250813170300-a0db560f0520 2>> log.txt || { cat log.txt; exit 1; }
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check network-config-analyzer==2.1.0
cat > pods.yaml <<'END'
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop, labels: {app: a}}, spec: {containers: []}}
END
analyze() { # SELECTOR
  printf '%s\n' 'apiVersion: projectcalico.org/v3' 'kind: NetworkPolicy' 'metadata: {name: n, namespace: shop}' 'spec:' \
    '  selector: >-' "    $1" '  types: [Ingress]' > policy.yaml
  python/bin/nca --connectivity -r pods.yaml -r policy.yaml > log.txt 2>&1 || true
  if grep -q 'Invalid expression' log.txt; then echo "invalid: $1"; else grep -q 'final fw rules' log.txt && echo "read: $1"; fi
}
written="app in {'a', 'b'} && tier == 'web'"
printed=$(go run -mod=mod . "$written")
{ analyze "$written"; analyze "$printed"; } > seen.txt
diff - seen.txt <<'SEEN'
read: app in {'a', 'b'} && tier == 'web'
invalid: (app in {"a", "b"} && tier == "web")
SEEN
