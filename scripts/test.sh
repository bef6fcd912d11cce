#!/usr/bin/env bash
# All tests: types, format and lint, then every test file. The last line says how many passed.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
echo "Types…"
npx tsc --noEmit
echo "Format and lint…"
npx biome check .
echo "Test files, and beside them the lab, which is built the first time: some minutes…"
exec npx tsx scripts/run-tests.ts "$@"
