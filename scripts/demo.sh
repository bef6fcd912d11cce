#!/usr/bin/env bash
# The main job from end to end: on an in-memory cluster, or with --lab or --context NAME on a real one.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
exec npx tsx examples/karydia-demo.ts "$@"
