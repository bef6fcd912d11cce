#!/usr/bin/env bash
# structured-merge-diff: to empty a map or a set by server-side apply takes two applies of one and the same object.
#
# Expected: apply is idempotent: after `labels: {}` there is an empty map, and to apply it again changes nothing.
# What happens: the first apply that drops the last entry leaves null, the second makes it an empty map. A set (`nets: []`) goes
#   altogether, and is an empty list after the second. Atomic lists are emptied at once. And null is applied like a value: it
#   is stored, and owned, so that the next manager who sets the field has a conflict with it.
# Why it matters: a controller that compares what it applied with what is there sees drift once after each emptying; where empty
#   and absent differ in meaning, as they do in Calico, what is stored depends on how often it was applied.
# sigs.k8s.io/structured-merge-diff/v6 v6.4.2, the library behind server-side apply, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"
	"strings"

	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
	"sigs.k8s.io/structured-merge-diff/v6/merge"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
	"sigs.k8s.io/structured-merge-diff/v6/value"
)

const schema = `types:
- name: policy
  map:
    fields:
    - {name: labels, type: {map: {elementType: {scalar: string}}}}
    - {name: nets, type: {list: {elementType: {scalar: string}, elementRelationship: associative}}}
    - {name: rules, type: {list: {elementType: {scalar: string}, elementRelationship: atomic}}}
    - {name: order, type: {scalar: numeric}}`

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
	for _, texts := range [][]string{
		{"labels: {k: v}", "labels: {}", "labels: {}"},
		{"nets: [v]", "nets: []", "nets: []"},
		{"rules: [v]", "rules: []", "rules: []"},
		{"order: null", "other: order: 1"},
	} {
		live, _ := policy.FromYAML("{}")
		managers := fieldpath.ManagedFields{}
		for _, text := range texts {
			manager := "one"
			if rest, found := strings.CutPrefix(text, "other: "); found {
				manager, text = "other", rest
			}
			config, err := policy.FromYAML(typed.YAMLObject(text))
			if err != nil {
				panic(err)
			}
			merged, managed, err := updater.Apply(live, config, "v1", managers, manager, false)
			if err != nil {
				fmt.Printf("%s applies %s: %v\n", manager, text, err)
				continue
			}
			managers = managed
			if merged != nil { // nil where nothing changes
				live = merged
			}
			stored, err := value.ToJSON(live.AsValue())
			if err != nil {
				panic(err)
			}
			fmt.Printf("%s applies %s: %s\n", manager, text, stored)
		}
	}
}
END
go mod init probe 2> log.txt && go get sigs.k8s.io/structured-merge-diff/v6@v6.4.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
one applies labels: {k: v}: {"labels":{"k":"v"}}
one applies labels: {}: {"labels":null}
one applies labels: {}: {"labels":{}}
one applies nets: [v]: {"nets":["v"]}
one applies nets: []: null
one applies nets: []: {"nets":[]}
one applies rules: [v]: {"rules":["v"]}
one applies rules: []: {"rules":[]}
one applies rules: []: {"rules":[]}
one applies order: null: {"order":null}
other applies order: 1: conflict with "one": .order
SEEN
