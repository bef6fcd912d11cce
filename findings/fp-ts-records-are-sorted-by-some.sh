#!/usr/bin/env bash
# fp-ts: some functions of Record keep the order of the fields, and some sort them by name; `map` keeps it, `traverse` does not.
#
# Expected: a traversal that changes nothing gives what `map` of the identity gives, fields in the same order; what is run in
#   sequence runs in the order in which it is written down.
# What happens: `traverse`, `sequence`, and a way through `toEntries` sort the fields as text; `map`, `filter` and `upsertAt` leave
#   them. Effects run in the sorted order, and of two errors that of the first name is returned, not of the first field.
# Why it matters: a manifest that is checked field by field is written with other lines above each other than before, a diff of all
#   of it; tasks by name (`namespace`, then `account`) run the other way round. Arrays of pairs keep their order.
# fp-ts 2.16.11, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fp-ts@2.16.11

cat > probe.mjs <<'END'
import * as E from 'fp-ts/lib/Either.js'
import * as R from 'fp-ts/lib/Record.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const fields = { kind: 'Tier', apiVersion: 'v3', spec: 'x', metadata: 'y' }
const show = (what, record) => console.log(`${what}: ${Object.keys(record).join(' ')}`)
show('map', R.map((value) => value)(fields))
show('filter', R.filter(() => true)(fields))
show('upsertAt', R.upsertAt('status', 'z')(fields))
show('toEntries', R.fromEntries(R.toEntries(fields)))
show('traverse', R.traverse(E.Applicative)(E.right)(fields).right)
console.log('first error:', R.traverse(E.Applicative)(E.left)(fields).left)

const ran = []
const task = (name) => () => Promise.resolve(E.right(ran.push(name)))
await R.sequence(TE.ApplicativeSeq)({ namespace: task('namespace'), account: task('account') })()
console.log('in sequence:', ran.join(', then '))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
map: kind apiVersion spec metadata
filter: kind apiVersion spec metadata
upsertAt: kind apiVersion spec metadata status
toEntries: apiVersion kind metadata spec
traverse: apiVersion kind metadata spec
first error: v3
in sequence: account, then namespace
SEEN
