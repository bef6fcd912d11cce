#!/usr/bin/env bash
# sigs.k8s.io/yaml: its strict decoding takes a field in any case, and the API server, which decodes strictly too, does not.
#
# Expected: `UnmarshalStrict` refuses `Selector` and `podselector` as unknown fields, as `kubectl apply --validate=strict` does:
#   Kubernetes' fields are case-sensitive, and this is Kubernetes' own YAML library.
# What happens: it hands over to Go's encoding/json, which matches names whatever their case; so a misspelt field is taken, and
#   two spellings of one field are not seen as duplicates: the one that sorts last wins, wherever it stands. sigs.k8s.io/json, which the API server uses, refuses.
# Why it matters: a linter or controller in Go that "decodes strictly" passes a policy whose selector the API server drops or
#   refuses.
# sigs.k8s.io/yaml v1.6.0, sigs.k8s.io/json v0.0.0-20250730193827-2d320260d730, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

type policy struct {
	Selector string `json:"selector"`
}

func main() {
	for _, text := range []string{"{Selector: web}", "{selector: web, SELECTOR: db}", "{SELECTOR: db, selector: web}", "{selectr: web}"} {
		var strict, served policy
		err := yaml.UnmarshalStrict([]byte(text), &strict)
		fmt.Printf("%s\n  yaml: %q, refused: %t\n", text, strict.Selector, err != nil)
		asJSON, err := yaml.YAMLToJSON([]byte(text))
		if err != nil {
			panic(err)
		}
		faults, err := json.UnmarshalStrict(asJSON, &served)
		fmt.Printf("  json: %q, refused: %t\n", served.Selector, err != nil || len(faults) > 0)
	}
}
END
go mod init probe 2> log.txt
go get sigs.k8s.io/yaml@v1.6.0 sigs.k8s.io/json@v0.0.0-20250730193827-2d320260d730 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
{Selector: web}
  yaml: "web", refused: false
  json: "", refused: true
{selector: web, SELECTOR: db}
  yaml: "web", refused: false
  json: "web", refused: true
{SELECTOR: db, selector: web}
  yaml: "web", refused: false
  json: "web", refused: true
{selectr: web}
  yaml: "", refused: true
  json: "", refused: true
SEEN
