#!/usr/bin/env bash
# yaml (npm): a document that is parsed and written again has other numbers in it, though nobody touched them.
#
# Expected: `parseDocument(text).toString()` is made for editing: what is not edited stays as it is written, as comments, quotes,
#   `0x10` and `1.10` do. Each scalar keeps its `source` for that.
# What happens: other numbers are printed anew from JavaScript's number. `0644` becomes `644`, which Kubernetes, for which
#   0644 was octal, reads as 644 decimal; more than 16 digits are rounded; `.5` and `+5` become `0.5` and `5`. `keepSourceTokens`
#   does not help, `intAsBigInt` does for the digits and not for the zero.
# Why it matters: a tool that changes one line of a manifest with this library changes file modes and long ids elsewhere in it. With
#   `{ version: '1.1' }` the modes are safe.
# yaml 2.9.1 (npm), sigs.k8s.io/yaml v1.6.0 (Go), seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts yaml@2.9.1

cat > probe.mjs <<'END'
import { writeFileSync } from 'node:fs'
import { parseDocument } from 'yaml'

const text = 'mode: 0644\nid: 12345678901234567890\nmask: 0x10\nversion: 1.10\nshare: .5\nshift: +5\n'
const written = (options) => parseDocument(text, options).toString()
writeFileSync('before.yaml', text)
writeFileSync('after.yaml', written({ keepSourceTokens: true }))
writeFileSync('bigint.yaml', written({ intAsBigInt: true }))
writeFileSync('yaml-1.1.yaml', written({ version: '1.1' }))
END
cat > main.go <<'END'
package main

import (
	"fmt"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

func main() {
	for _, name := range []string{"before", "after", "bigint", "yaml-1.1"} {
		text, err := os.ReadFile(name + ".yaml")
		if err != nil {
			panic(err)
		}
		read, err := yaml.YAMLToJSON(text)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: %s\n  read by Kubernetes: %s\n", name, strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", ", "), read)
	}
}
END
node probe.mjs
go mod init probe 2> log.txt && go get sigs.k8s.io/yaml@v1.6.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
before: mode: 0644, id: 12345678901234567890, mask: 0x10, version: 1.10, share: .5, shift: +5
  read by Kubernetes: {"id":12345678901234567890,"mask":16,"mode":420,"share":0.5,"shift":5,"version":1.1}
after: mode: 644, id: 12345678901234567000, mask: 0x10, version: 1.10, share: 0.5, shift: 5
  read by Kubernetes: {"id":12345678901234567000,"mask":16,"mode":644,"share":0.5,"shift":5,"version":1.1}
bigint: mode: 644, id: 12345678901234567890, mask: 0x10, version: 1.10, share: 0.5, shift: 5
  read by Kubernetes: {"id":12345678901234567890,"mask":16,"mode":644,"share":0.5,"shift":5,"version":1.1}
yaml-1.1: mode: 0644, id: 12345678901234567000, mask: 0x10, version: 1.10, share: 0.5, shift: 5
  read by Kubernetes: {"id":12345678901234567000,"mask":16,"mode":420,"share":0.5,"shift":5,"version":1.1}
SEEN
