#!/usr/bin/env bash
# sigs.k8s.io/yaml: what is no text becomes text where Go's type wants it: a label `on` becomes "true", 1.10 becomes "1.1".
#
# Expected: labels that YAML reads as numbers or booleans are refused, as kubectl refuses them ("cannot unmarshal bool into …
#   string"), or kept as they are written.
# What happens: with a struct as its target the library looks up the field's type while it makes JSON of YAML, and turns
#   numbers and booleans into strings: in Go's spelling, not in the file's. With no type to look up, it leaves them.
# Why it matters: programs with typed objects read `version: 1.10` as 1.1, `zone: 017` as 15, a namespace called `on` as `true`,
#   and apply or select that; kubectl, which knows no types, refuses the same file. A check before kubectl must not be typed.
# sigs.k8s.io/yaml v1.6.0, k8s.io/apimachinery v0.34.2, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	for _, value := range []string{"1.10", "017", "1_000", "1e3", "on", "y", "22:25", "2026-11-29"} {
		text := []byte("metadata: {namespace: " + value + ", labels: {v: " + value + "}}")
		var typed meta.PartialObjectMetadata
		if err := yaml.UnmarshalStrict(text, &typed); err != nil {
			panic(err)
		}
		untyped := map[string]map[string]any{}
		if err := yaml.UnmarshalStrict(text, &untyped); err != nil {
			panic(err)
		}
		fmt.Printf("%s: typed %q %q, untyped %#v\n", value, typed.Namespace, typed.Labels["v"], untyped["metadata"]["namespace"])
	}
}
END
go mod init probe 2> log.txt
go get sigs.k8s.io/yaml@v1.6.0 k8s.io/apimachinery@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
1.10: typed "1.1" "1.1", untyped 1.1
017: typed "15" "15", untyped 15
1_000: typed "1000" "1000", untyped 1000
1e3: typed "1000" "1000", untyped 1000
on: typed "true" "true", untyped true
y: typed "true" "true", untyped true
22:25: typed "22:25" "22:25", untyped "22:25"
2026-11-29: typed "2026-11-29" "2026-11-29", untyped "2026-11-29"
SEEN
