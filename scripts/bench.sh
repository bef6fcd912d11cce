#!/usr/bin/env bash
# Every benchmark, each row beside its peers in one run: `npm run bench [-- --json] [-- NAME …]`.
# The peers are installed here, on their own, and are no dependency of the package.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh >&2
bash scripts/install.sh test/bench >&2
flags=(); names=()
for word in "$@"; do case "$word" in --*) flags+=("$word");; *) names+=("$word");; esac; done
[ ${#names[@]} -gt 0 ] || names=(build check decode yaml selector import types)
for name in "${names[@]}"; do
  [[ " ${flags[*]-} " == *" --json "* ]] || echo "== $name"
  npx tsx "test/bench/$name.ts" "${flags[@]}"
done
