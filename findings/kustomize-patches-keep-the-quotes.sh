#!/usr/bin/env bash
# kustomize: a number that a patch puts where a quoted text was becomes a text.
#
# Expected: a patch sets the value that it has: `targetPort: 8080` over `targetPort: 'http'` is the number 8080, as it is with
#   kubectl's patches and with a JSON patch of kustomize's own.
# What happens: the value is put into the old node, which keeps its quotes: "8080". Over a text without quotes the patch is what
#   it says. It is so in custom resources as well as in Kubernetes' own kinds.
# Why it matters: where a number and a text are both allowed, as for ports and percentages, they mean different things: "8080" is
#   the name of a port, and no valid one. Whether a patch works depends on how the base is quoted.
# sigs.k8s.io/kustomize/api v0.21.1, as in kustomize 5.8, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func build(base, patches string) string {
	files := filesys.MakeFsInMemory()
	const head = "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: "
	_ = files.WriteFile("/base.yaml", []byte(head+"{ports: [{port: 80, targetPort: "+base+"}]}"))
	_ = files.WriteFile("/patch.yaml", []byte(head+"{ports: [{port: 80, targetPort: 8080}]}"))
	_ = files.WriteFile("/kustomization.yaml", []byte("resources: [base.yaml]\npatches: ["+patches+"]\n"))
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(files, "/")
	if err != nil {
		panic(err)
	}
	text, err := built.AsYaml()
	if err != nil {
		panic(err)
	}
	_, value, _ := strings.Cut(string(text), "targetPort: ")
	return strings.TrimSpace(value)
}

func main() {
	const merge = "{path: patch.yaml}"
	const replace = `{target: {name: db}, patch: '[{"op": "replace", "path": "/spec/ports/0/targetPort", "value": 8080}]'}`
	for _, base := range []string{"'http'", `"http"`, "http", "80"} {
		fmt.Printf("%s: by merge patch %s, by JSON patch %s\n", base, build(base, merge), build(base, replace))
	}
}
END
go mod init probe 2> log.txt
go get sigs.k8s.io/kustomize/api@v0.21.1 sigs.k8s.io/kustomize/kyaml@v0.21.1 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
'http': by merge patch "8080", by JSON patch 8080
"http": by merge patch "8080", by JSON patch 8080
http: by merge patch 8080, by JSON patch 8080
80: by merge patch 8080, by JSON patch 8080
SEEN
