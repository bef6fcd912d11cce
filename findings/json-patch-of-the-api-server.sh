#!/usr/bin/env bash
# JSON patch as the API server applies it: `replace` creates, -1 is the last element but for `add`, and 1.0 is not 1.
#
# Expected: RFC 6902: `replace` fails where there is nothing to replace, `/rules/-1` is no index, `test` of what is absent fails,
#   and numbers are equal if their values are.
# What happens: the v4 that Kubernetes stays with creates what `replace` does not find (v5 of the same library refuses); -1 is the
#   last element for `remove` and `replace`, and for `add` the place behind it; `test` holds for an absent field and null, and
#   fails for 1.0 and 1.
# Why it matters: `kubectl patch --type=json` with a misspelt path adds a field instead of failing, and a patch that was tried
#   with another library behaves otherwise on the cluster.
# gopkg.in/evanphx/json-patch.v4 v4.13.0 and github.com/evanphx/json-patch/v5 v5.9.11, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	v5 "github.com/evanphx/json-patch/v5"
	v4 "gopkg.in/evanphx/json-patch.v4"
)

type patch interface{ Apply([]byte) ([]byte, error) }

func outcome(p patch, err error, document string) string {
	if err != nil {
		panic(err)
	}
	result, err := p.Apply([]byte(document))
	if err != nil {
		return "refused"
	}
	return string(result)
}

func main() {
	const document = `{"order":1.0,"rules":["a","b","c"]}`
	for _, operation := range []string{
		`{"op":"replace","path":"/odrer","value":2}`,
		`{"op":"remove","path":"/odrer"}`,
		`{"op":"remove","path":"/rules/-1"}`,
		`{"op":"add","path":"/rules/-1","value":"d"}`,
		`{"op":"test","path":"/tier","value":null}`,
		`{"op":"test","path":"/order","value":1}`,
	} {
		list := []byte("[" + operation + "]")
		old, err4 := v4.DecodePatch(list)
		current, err5 := v5.DecodePatch(list)
		fmt.Printf("%s\n  v4: %s\n  v5: %s\n", operation, outcome(old, err4, document), outcome(current, err5, document))
	}
}
END
go mod init probe 2> log.txt
go get gopkg.in/evanphx/json-patch.v4@v4.13.0 github.com/evanphx/json-patch/v5@v5.9.11 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
{"op":"replace","path":"/odrer","value":2}
  v4: {"odrer":2,"order":1.0,"rules":["a","b","c"]}
  v5: refused
{"op":"remove","path":"/odrer"}
  v4: refused
  v5: refused
{"op":"remove","path":"/rules/-1"}
  v4: {"order":1.0,"rules":["a","b"]}
  v5: {"order":1.0,"rules":["a","b"]}
{"op":"add","path":"/rules/-1","value":"d"}
  v4: {"order":1.0,"rules":["a","b","c","d"]}
  v5: {"order":1.0,"rules":["a","b","c","d"]}
{"op":"test","path":"/tier","value":null}
  v4: {"order":1.0,"rules":["a","b","c"]}
  v5: {"order":1.0,"rules":["a","b","c"]}
{"op":"test","path":"/order","value":1}
  v4: refused
  v5: refused
SEEN
