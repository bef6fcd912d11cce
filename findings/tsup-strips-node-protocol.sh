#!/usr/bin/env bash
# tsup: it takes `node:` from every import, of modules too that have no other name.
#
# Expected: an import of a built-in module is left as it is written, as esbuild, which tsup runs, leaves it.
# What happens: `node:fs` becomes `fs`, and `node:test` becomes `test`: a package of that name is looked for when the built file
#   is run. The build says nothing.
# Why it matters: `node:sqlite`, `node:test` and `node:sea` exist with the prefix only, so what was built does not start; and a
#   program that may only load built-in modules can no longer be told from one that loads a package. `removeNodeProtocol: false`
#   is the way out.
# tsup 8.5.1, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts tsup@8.5.1 typescript@5.9.3

cat > in.js <<'END'
import { readFileSync } from 'node:fs'
import test from 'node:test'
console.log(typeof readFileSync, typeof test)
END
npx tsup in.js --format esm --silent --out-dir by-tsup
npx esbuild in.js --bundle --format=esm --platform=node --log-level=error --outfile=by-esbuild/in.js
{
  for folder in by-tsup by-esbuild; do grep -o "from .*[^;]" "$folder/in.js" | sed "s|^|$folder: |"; done
  (node by-tsup/in.js 2>&1 || true) | grep -o "Cannot find package 'test'"
  node by-esbuild/in.js
} > seen.txt
diff - seen.txt <<'SEEN'
by-tsup: from "fs"
by-tsup: from "test"
by-esbuild: from "node:fs"
by-esbuild: from "node:test"
Cannot find package 'test'
function function
SEEN
