#!/usr/bin/env bash
# Every benchmark, each row beside its peers in one run: `npm run bench [-- --json | --markdown] [--quick] [-- NAME …]`.
# BASE=<a checkout of an older commit, built> and PEER=1 put an older engine and network-config-analyzer beside the row `compiled`.
# `--markdown` prints docs/performance.md's table. The peers are installed here, on their own: the package needs none.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh >&2
bash scripts/install.sh test/bench >&2
flags=(); names=()
for word in "$@"; do case "$word" in --*) flags+=("$word");; *) names+=("$word");; esac; done
[ ${#names[@]} -gt 0 ] || names=(yaml decode check lint refusal build import selector connectivity compiled hosts world replay diff types)
# What is imported, started and type-checked is what was built.
case " ${names[*]} " in *' import '* | *' compiled '* | *' types '* | *' fleet '*) bash scripts/build.sh >&2;; esac
npx tsx test/bench/machine.ts "${flags[@]}"
for name in "${names[@]}"; do npx tsx "test/bench/$name.ts" "${flags[@]}"; done
