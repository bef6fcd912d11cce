#!/usr/bin/env bash
# All tests: types, format and lint, then every test file. The last line says how many passed.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
echo "Types…"
npx tsc --noEmit
echo "Format and lint…"
npx biome check .
echo "The lab (the first time it is built: some minutes)…"
npx tsx test/lab/main.ts up || [ "${CI:-}" != true ]
exec npx tsx scripts/run-tests.ts "$@"
