#!/usr/bin/env bash
# brotli: of two compressed texts in a row, Node gives the first and says nothing; Go and Python refuse.
#
# Expected: as with gzip: texts that were compressed one by one may be joined, and are read as one; what follows that is no
#   stream is an error.
# What happens: brotli has no such rule. Node's zlib stops at the end of the first stream, whatever follows. Go's reader gives
#   the first text and an error, Python's `brotli.decompress` an error.
# Why it matters: manifests travel as brotli, as in the `*.br` keys of Gardener's ManagedResources. A tool that appends a
#   compressed document to what is there loses it without a word, and half of what a policy set holds is not applied.
# Node's own zlib, github.com/andybalholm/brotli v1.2.0 (Go), Brotli 1.2.0 (PyPI), seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > probe.mjs <<'END'
import { writeFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'

const joined = (compress) => Buffer.concat([compress('kind: Tier\n---\n'), compress('kind: NetworkPolicy\n')])
writeFileSync('joined.br', joined(brotliCompressSync))
const show = (what, text) => console.log(`${what}: ${JSON.stringify(text.toString())}`)
show('node, gzip', gunzipSync(joined(gzipSync)))
show('node, brotli', brotliDecompressSync(joined(brotliCompressSync)))
END
cat > main.go <<'END'
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/andybalholm/brotli"
)

func main() {
	file, _ := os.Open("joined.br")
	text, err := io.ReadAll(brotli.NewReader(file))
	fmt.Printf("go, brotli: %q, %v\n", text, err)
}
END
cat > probe.py <<'END'
import brotli
try:
    print("python, brotli:", brotli.decompress(open("joined.br", "rb").read()))
except brotli.error:
    print("python, brotli: refused")
END
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check Brotli==1.2.0
go mod init probe 2> log.txt && go get github.com/andybalholm/brotli@v1.2.0 2>> log.txt || { cat log.txt; exit 1; }
{ node probe.mjs; go run -mod=mod .; python/bin/python probe.py; } > seen.txt
diff - seen.txt <<'SEEN'
node, gzip: "kind: Tier\n---\nkind: NetworkPolicy\n"
node, brotli: "kind: Tier\n---\n"
go, brotli: "kind: Tier\n---\n", brotli: excessive input
python, brotli: refused
SEEN
