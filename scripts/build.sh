#!/usr/bin/env bash
# The package in dist/: ES modules and the command, CommonJS, one set of declarations for both, and notices.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf dist
npx tsup
npx tsx scripts/finish-build.ts
