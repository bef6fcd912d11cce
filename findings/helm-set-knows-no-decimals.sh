#!/usr/bin/env bash
# Helm: `--set` makes a number of `100` and a text of `100.5`; `{}` is a list of one empty text.
#
# Expected: `--set order=0.5` sets what `order: 0.5` sets in a file of values; as `{a,b}` is a list of two, `{}` is the empty list.
# What happens: only whole numbers without a leading zero are numbers; `0.5`, `1e3` and `-1.5` are texts, and `toYaml` quotes them.
#   `nets={}` has one element, the empty text, which no net is. Only `--set-json` sets a decimal or an empty list.
# Why it matters: Calico's `order` is a decimal: a chart that hands its values on by `toYaml` can be applied with 100, and not with
#   100.5, which arrives as a text. Who empties a list of nets on the command line puts one in that is invalid.
# helm.sh/helm/v3 v3.22.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/strvals"
)

func render(values map[string]any) string {
	template := &chart.File{Name: "templates/a.yaml", Data: []byte("{{ toYaml .Values.x }}")}
	one := &chart.Chart{Metadata: &chart.Metadata{Name: "one"}, Templates: []*chart.File{template}}
	given, err := chartutil.ToRenderValues(one, values, chartutil.ReleaseOptions{}, nil)
	if err != nil {
		panic(err)
	}
	texts, err := engine.Render(one, given)
	if err != nil {
		panic(err)
	}
	return texts["one/templates/a.yaml"]
}

func main() {
	for _, text := range []string{"100", "100.5", "0.5", "1e3", "-1.5", "{}", "{1,0.5}"} {
		set, err := strvals.Parse("x=" + text)
		if err != nil {
			panic(err)
		}
		value, err := json.Marshal(set["x"])
		if err != nil {
			panic(err)
		}
		fmt.Printf("--set x=%s: %s, toYaml %q\n", text, value, render(set))
	}
	for _, text := range []string{"x: 100.5", "x: []"} {
		values, err := chartutil.ReadValues([]byte(text))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: toYaml %q\n", text, render(values))
	}
}
END
go mod init probe 2> log.txt && go get helm.sh/helm/v3@v3.22.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
--set x=100: 100, toYaml "100"
--set x=100.5: "100.5", toYaml "\"100.5\""
--set x=0.5: "0.5", toYaml "\"0.5\""
--set x=1e3: "1e3", toYaml "\"1e3\""
--set x=-1.5: "-1.5", toYaml "\"-1.5\""
--set x={}: [""], toYaml "- \"\""
--set x={1,0.5}: [1,"0.5"], toYaml "- 1\n- \"0.5\""
x: 100.5: toYaml "100.5"
x: []: toYaml "[]"
SEEN
