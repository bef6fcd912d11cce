#!/usr/bin/env bash
# yaml (npm): text that it writes without quotes is a boolean or a number to Kubernetes.
#
# Expected: `stringify` quotes whatever a common reader would take for something else, as other writers do.
# What happens: it quotes by YAML 1.2's rules only. Kubernetes' reader, which goes by 1.1, makes true of the labels `y` and `on`,
#   1000 of `1_000` and 3 of `0b11`. js-yaml, which is for 1.2 as well, quotes them all.
# Why it matters: manifests that are written by this library fail in kubectl ("cannot unmarshal bool into … string"), or mean
#   something else, for few values and late. With `{ version: '1.1' }` one is
#   left: `0o17`, a number to Go alone. Quotes around every string are the way out.
# yaml 2.9.1, js-yaml 5.5.0 (npm), sigs.k8s.io/yaml v1.6.0 (Go), seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts yaml@2.9.1 js-yaml@5.5.0

cat > write.mjs <<'END'
import { writeFileSync } from 'node:fs'
import { dump } from 'js-yaml'
import { parse, stringify } from 'yaml'

const labels = ['y', 'No', 'on', 'yes', '1_000', '0b11', '0_7', '685_230.15', '0o17', '017', '1e3', 'null', '22:25']
writeFileSync('yaml.yaml', stringify(labels))
writeFileSync('yaml-1.1.yaml', stringify(labels, { version: '1.1' }))
writeFileSync('js-yaml.yaml', dump(labels))
END
cat > main.go <<'END'
package main

import (
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	for _, name := range []string{"yaml", "yaml-1.1", "js-yaml"} {
		text, err := os.ReadFile(name + ".yaml")
		if err != nil {
			panic(err)
		}
		var labels []any
		if err := yaml.Unmarshal(text, &labels); err != nil {
			panic(err)
		}
		fmt.Print(name, ":")
		for _, label := range labels {
			if _, isText := label.(string); !isText {
				fmt.Print(" ", label)
			}
		}
		fmt.Println()
	}
}
END
node write.mjs
go mod init probe 2> log.txt && go get sigs.k8s.io/yaml@v1.6.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
yaml: true false true true 1000 3 7 685230.15
yaml-1.1: 15
js-yaml:
SEEN
