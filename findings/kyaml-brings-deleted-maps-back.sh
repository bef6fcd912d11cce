#!/usr/bin/env bash
# kyaml: a three-way merge brings back, empty, the maps that were deleted here and have not changed there.
#
# Expected: what only one side has changed is taken from that side: a field that is deleted here, and has stayed the same upstream,
#   stays deleted, as it does in git, and as single values and plain lists do.
# What happens: maps come back without what was in them: `affinity: {podAffinity: {}}` is in the result, and so are lists that are
#   merged by a key, empty. An item of such a list that was deleted comes back if it has a map in it.
# Why it matters: kpt updates packages by this merge. To Kubernetes an empty map is something, `emptyDir: {}` is a volume and
#   `namespaceSelector: {}` every namespace, or is refused; whoever deletes it again has it back at the next update.
# sigs.k8s.io/kustomize/kyaml v0.21.1, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml/merge3"
)

func main() {
	for _, texts := range [][2]string{
		{"{hostIPC: true, affinity: {podAffinity: {x: 1}}}", "{hostIPC: true}"},
		{"{hostIPC: true, nodeName: n, args: [x]}", "{hostIPC: true}"},
		{"{volumes: [{name: a}, {name: tmp, emptyDir: {medium: Memory}}]}", "{volumes: [{name: a}]}"},
		{"{containers: [{name: a, ports: [{name: x}], env: [{name: y}]}]}", "{containers: [{name: a}]}"},
	} {
		upstream, local := texts[0], texts[1]
		pod := "{apiVersion: v1, kind: Pod, spec: "
		merged, err := merge3.MergeStrings(pod+local+"}", pod+upstream+"}", pod+upstream+"}", false)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n  here %s\n  merged %s\n", upstream, local, strings.TrimSuffix(strings.TrimPrefix(merged, pod), "}\n"))
	}
}
END
go mod init probe 2> log.txt && go get sigs.k8s.io/kustomize/kyaml@v0.21.1 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
{hostIPC: true, affinity: {podAffinity: {x: 1}}}
  here {hostIPC: true}
  merged {hostIPC: true, affinity: {podAffinity: {}}}
{hostIPC: true, nodeName: n, args: [x]}
  here {hostIPC: true}
  merged {hostIPC: true}
{volumes: [{name: a}, {name: tmp, emptyDir: {medium: Memory}}]}
  here {volumes: [{name: a}]}
  merged {volumes: [{name: a}, {emptyDir: {}, name: tmp}]}
{containers: [{name: a, ports: [{name: x}], env: [{name: y}]}]}
  here {containers: [{name: a}]}
  merged {containers: [{name: a, env: [], ports: []}]}
SEEN
