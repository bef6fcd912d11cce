#!/usr/bin/env bash
# fp-ts: when both the use of a resource and its release fail, `TaskEither.bracket` tells of the release.
#
# Expected: the first failure, that of the use; the release that failed after it is at most added to it.
# What happens: the failure of the use is gone, and only that of the release is returned.
# Why it matters: whoever cleans up a cluster in `release` reports "cannot delete the Job" where the user should have read
#   "the policy was refused". A cleanup that must not hide its cause has to return a Right, and tell of its failure otherwise.
# fp-ts 2.16.11, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fp-ts@2.16.11

cat > probe.mjs <<'END'
import * as TE from 'fp-ts/lib/TaskEither.js'

const run = TE.bracket(
  TE.right('Job'),
  () => TE.left('the policy was refused'),
  (_, outcome) => {
    console.log('release is told:', outcome.left)
    return TE.left('cannot delete the Job')
  },
)
console.log('returned:', (await run()).left)
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
release is told: the policy was refused
returned: cannot delete the Job
SEEN
