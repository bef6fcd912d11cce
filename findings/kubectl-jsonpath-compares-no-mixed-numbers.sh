#!/usr/bin/env bash
# kubectl's JSONPath: numbers of which some are whole and some are not cannot be compared, with either kind of number.
#
# Expected: `{.items[?(@.spec.order>150)]}` finds what has an order above 150, as jq does; JSON has numbers of one kind only.
# What happens: 200 is an integer to it and 200.5 is not, and the two are "incompatible types". The first item of the other kind
#   ends the query, which gives nothing: with `150` where an order has a fraction, with `150.0` where one has none. For a list
#   that has both there is no way to write it. It is so for `==` and `!=` as well.
# Why it matters: Calico's `order` is a decimal. A query that a script has used for years fails once one policy has 0.5.
# k8s.io/client-go v0.34.2, whose jsonpath package `kubectl get -o jsonpath` and `kubectl wait` use, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"bytes"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/util/jsonpath"
)

func find(orders [2]string, filter string) string {
	const policy = `{"apiVersion": "projectcalico.org/v3", "kind": "Tier", "metadata": {"name": %q}, "spec": {"order": %s}}`
	items := fmt.Sprintf(policy, "first", orders[0]) + "," + fmt.Sprintf(policy, "second", orders[1])
	list := unstructured.UnstructuredList{}
	if err := list.UnmarshalJSON([]byte(`{"apiVersion": "v1", "kind": "List", "items": [` + items + `]}`)); err != nil {
		panic(err)
	}
	query := jsonpath.New("query").AllowMissingKeys(true)
	if err := query.Parse("{.items[?(@.spec.order" + filter + ")].metadata.name}"); err != nil {
		panic(err)
	}
	var found bytes.Buffer
	if err := query.Execute(&found, list.UnstructuredContent()); err != nil {
		return err.Error()
	}
	return found.String()
}

func main() {
	for _, orders := range [][2]string{{"100", "200"}, {"100.5", "200.5"}, {"100", "200.5"}} {
		for _, filter := range []string{">150", ">150.0", "!=100"} {
			fmt.Printf("orders %s and %s, %s: %s\n", orders[0], orders[1], filter, find(orders, filter))
		}
	}
}
END
go mod init probe 2> log.txt && go get k8s.io/client-go@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
orders 100 and 200, >150: second
orders 100 and 200, >150.0: incompatible types for comparison
orders 100 and 200, !=100: second
orders 100.5 and 200.5, >150: incompatible types for comparison
orders 100.5 and 200.5, >150.0: second
orders 100.5 and 200.5, !=100: incompatible types for comparison
orders 100 and 200.5, >150: incompatible types for comparison
orders 100 and 200.5, >150.0: incompatible types for comparison
orders 100 and 200.5, !=100: incompatible types for comparison
SEEN
