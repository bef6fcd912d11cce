#!/usr/bin/env bash
# k8s.io/apimachinery: the two notations of label selectors do not allow the same.
#
# Expected: `kubectl -l` and a LabelSelector of a NetworkPolicy are two notations of one thing: what one expresses and refuses,
#   so does the other; the library converts between them.
# What happens: `ParseToLabelSelector` refuses `!=`, though the object has NotIn for it, and it does convert `notin`. `in ()` is
#   allowed in text and means the empty value, where the object must name one. `>` has no counterpart; to it `06` is more than 5.
# Why it matters: a tool that lets users write `-l` syntax, and makes policies of it, fails for the most common negation.
# k8s.io/apimachinery v0.34.2, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

func main() {
	for _, text := range []string{"a!=b", "a notin (b)", "a in ()", "a=", "!a", "a>5"} {
		parsed, err := labels.Parse(text)
		if err != nil {
			panic(err)
		}
		empty := parsed.Matches(labels.Set{"a": ""})
		object, err := meta.ParseToLabelSelector(text)
		if err == nil {
			_, err = meta.LabelSelectorAsSelector(object)
		}
		fmt.Printf("%s: as text fine, selects a label with an empty value %t; as object %s\n", text, empty, said(err))
	}
	_, err := meta.LabelSelectorAsSelector(&meta.LabelSelector{
		MatchExpressions: []meta.LabelSelectorRequirement{{Key: "a", Operator: meta.LabelSelectorOpIn}},
	})
	fmt.Println("In without values:", said(err))
	above, _ := labels.Parse("a>5")
	fmt.Println("a>5 selects 06:", above.Matches(labels.Set{"a": "06"}))
}

func said(err error) string {
	if err == nil {
		return "fine"
	}
	return "refused"
}
END
go mod init probe 2> log.txt && go get k8s.io/apimachinery@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
a!=b: as text fine, selects a label with an empty value true; as object refused
a notin (b): as text fine, selects a label with an empty value true; as object fine
a in (): as text fine, selects a label with an empty value true; as object fine
a=: as text fine, selects a label with an empty value true; as object fine
!a: as text fine, selects a label with an empty value false; as object fine
a>5: as text fine, selects a label with an empty value false; as object refused
In without values: refused
a>5 selects 06: true
SEEN
