#!/usr/bin/env bash
# structured-merge-diff: two managers that apply the same items of a set in different orders turn it round at each apply.
#
# Expected: server-side apply leaves alone what a manager does not own, and an apply that was made before changes nothing. Items
#   that are there already stay where they are, since their order belongs to nobody; or else the other order is a conflict.
# What happens: the items take the order of whoever applied last, and what he does not name is put between them. There is no
#   conflict, so the object changes with each apply of either, for ever. Where the two have one item only in common it settles.
# Why it matters: two controllers that reconcile a shared set (finalizers, a list of ports by name) and list it in different
#   orders write at each turn, and wake each other up. Sets that are applied are best sorted.
# sigs.k8s.io/structured-merge-diff/v6 v6.4.2, the library behind server-side apply, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
	"sigs.k8s.io/structured-merge-diff/v6/merge"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
	"sigs.k8s.io/structured-merge-diff/v6/value"
)

const schema = `types:
- name: policy
  map:
    fields:
    - {name: nets, type: {list: {elementType: {scalar: string}, elementRelationship: associative}}}`

type oneVersion struct{}

func (oneVersion) Convert(object *typed.TypedValue, _ fieldpath.APIVersion) (*typed.TypedValue, error) {
	return object, nil
}
func (oneVersion) IsMissingVersionError(error) bool { return false }

func main() {
	parser, err := typed.NewParser(typed.YAMLObject(schema))
	if err != nil {
		panic(err)
	}
	policy := parser.Type("policy")
	updater := merge.Updater{Converter: oneVersion{}}
	for _, lists := range [][2]string{{"[a, b, c]", "[c, a]"}, {"[a, b, c]", "[z, a]"}} {
		live, _ := policy.FromYAML("{}")
		managers := fieldpath.ManagedFields{}
		for turn := 0; turn < 6; turn++ {
			manager := []string{"one", "two"}[turn%2]
			config, err := policy.FromYAML(typed.YAMLObject("nets: " + lists[turn%2]))
			if err != nil {
				panic(err)
			}
			merged, managed, err := updater.Apply(live, config, "v1", managers, manager, false)
			if err != nil {
				panic(err)
			}
			managers = managed
			if merged == nil {
				fmt.Printf("%s applies %s: nothing to change\n", manager, lists[turn%2])
				continue
			}
			live = merged
			stored, err := value.ToJSON(live.AsValue())
			if err != nil {
				panic(err)
			}
			fmt.Printf("%s applies %s: %s\n", manager, lists[turn%2], stored)
		}
	}
}
END
go mod init probe 2> log.txt && go get sigs.k8s.io/structured-merge-diff/v6@v6.4.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
one applies [a, b, c]: {"nets":["a","b","c"]}
two applies [c, a]: {"nets":["b","c","a"]}
one applies [a, b, c]: {"nets":["a","b","c"]}
two applies [c, a]: {"nets":["b","c","a"]}
one applies [a, b, c]: {"nets":["a","b","c"]}
two applies [c, a]: {"nets":["b","c","a"]}
one applies [a, b, c]: {"nets":["a","b","c"]}
two applies [z, a]: {"nets":["z","a","b","c"]}
one applies [a, b, c]: nothing to change
two applies [z, a]: nothing to change
one applies [a, b, c]: nothing to change
two applies [z, a]: nothing to change
SEEN
