#!/usr/bin/env bash
# fp-ts: what runs "in parallel" is started from the last to the first; `traverseArray` starts the same tasks from the first.
#
# Expected: `A.traverse(TE.ApplicativePar)` starts all tasks at once, in the order of the array, as Promise.all over a map does.
#   The results come in that order, so the starts do too.
# What happens: each task is started a tick later than the one behind it, so the last of them is the first to run. `apS` and
#   `apSecond` start the later one first just so. `TE.traverseArray`, `T.sequenceArray` and their kin go from first to last.
# Why it matters: requests reach a server, a rate limiter or a log in the reverse order, and to change one function for the other,
#   which its documentation calls equivalent, turns it round. What has to come first belongs in a sequence.
# fp-ts 2.16.11, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fp-ts@2.16.11

cat > probe.mjs <<'END'
import * as A from 'fp-ts/lib/Array.js'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

let started = ''
const task = (name) => () => {
  started += name
  return Promise.resolve(E.right(name))
}
const names = ['a', 'b', 'c', 'd']
const show = async (how, all) => {
  started = ''
  const { right } = await all()
  console.log(`${how}: started ${started}, gave ${Object.values(right).join('')}`)
}

await show('A.traverse', A.traverse(TE.ApplicativePar)(task)(names))
await show('TE.traverseArray', TE.traverseArray(task)(names))
await show('apS', pipe(TE.Do, TE.apS('first', task('a')), TE.apS('second', task('b')), TE.apS('third', task('c'))))
await show('A.traverse, in sequence', A.traverse(TE.ApplicativeSeq)(task)(names))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
A.traverse: started dcba, gave abcd
TE.traverseArray: started abcd, gave abcd
apS: started cba, gave abc
A.traverse, in sequence: started abcd, gave abcd
SEEN
