#!/usr/bin/env bash
# Flux: objects of Kubernetes' own kinds lose, before they are applied, each field that Flux's version of the API does not have.
#
# Expected: server-side apply sends what is written, and the API server, which knows its fields, takes or refuses them: a misspelt
#   one is an error, as for kubectl, and a new one works as soon as the cluster has it.
# What happens: objects are "normalized" first, made into Go's structs and back. A misspelt or newer field is gone without a
#   word, and so is an empty list; `targetPort: 0`, which nobody wrote, is there. Custom resources, which have no struct, are
#   left alone.
# Why it matters: `ingres:` is no error, but a policy that denies all ingress; a cluster's new feature is without effect until
#   Flux is updated, though everything is reported as applied.
# github.com/fluxcd/pkg/ssa v0.78.0, by which Flux's kustomize-controller applies, with k8s.io/api v0.37.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
)

func main() {
	for _, text := range []string{
		"{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: x}, spec: {podSelector: {}, ingres: [{}], egress: []}}",
		"{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: x}, spec: {ingres: [{}], egress: []}}",
		"{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {ports: [{port: 80}], newer: 1}}",
	} {
		objects, err := utils.ReadObjects(strings.NewReader(text))
		if err != nil {
			panic(err)
		}
		if err := normalize.UnstructuredList(objects); err != nil {
			panic(err)
		}
		spec, err := json.Marshal(objects[0].Object["spec"])
		if err != nil {
			panic(err)
		}
		_, read, _ := strings.Cut(strings.TrimSuffix(text, "}"), "spec: ")
		fmt.Printf("%s %s: %s\n", objects[0].GetAPIVersion(), read, spec)
	}
}
END
go mod init probe 2> log.txt && go get github.com/fluxcd/pkg/ssa@v0.78.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt 2>> log.txt || { cat log.txt; exit 1; }
diff - seen.txt <<'SEEN'
networking.k8s.io/v1 {podSelector: {}, ingres: [{}], egress: []}: {"podSelector":{}}
projectcalico.org/v3 {ingres: [{}], egress: []}: {"egress":[],"ingres":[{}]}
v1 {ports: [{port: 80}], newer: 1}: {"ports":[{"port":80,"protocol":"TCP","targetPort":0}]}
SEEN
