#!/usr/bin/env bash
# io-ts: an intersection of codecs joins one level of what they decode; below it the last codec's value stands alone.
#
# Expected: what the type says: `A & B` has all the fields of both, however deep, and all elements of a list have them.
# What happens: where the decoded values differ, as they do after `strict` or `exact` has left something out, each top-level
#   field is taken whole from one member, mostly the last. `{m: {a}} & {m: {b}}` decodes to `{m: {b}}`, of the type
#   `{m: {a} & {b}}`; lists and records of strict objects do the same, and `encode` as well. No error says so.
# Why it matters: two halves of a resource that both describe a part of `metadata` or of `rules` give an object without fields
#   that its type promises; the half that is named first is lost.
# io-ts 2.2.22 and fp-ts 2.16.11, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts io-ts@2.2.22 fp-ts@2.16.11

cat > probe.mjs <<'END'
import * as t from 'io-ts'

const named = t.strict({ name: t.string })
const labelled = t.strict({ label: t.string })
const both = { name: 'db', label: 'x' }
const show = (what, first, second, value) => {
  const codec = t.intersection([first, second])
  console.log(what, JSON.stringify(codec.decode(value).right), 'encoded', JSON.stringify(codec.encode(value)))
}

show('one level', named, labelled, both)
show('below', t.type({ metadata: named }), t.type({ metadata: labelled }), { metadata: both })
show('list', t.array(named), t.array(labelled), [both])
show('record', t.record(t.string, named), t.record(t.string, labelled), { key: both })
const [open, other] = [t.type({ name: t.string }), t.type({ label: t.string })]
show('not strict', t.type({ metadata: open }), t.type({ metadata: other }), { metadata: both })
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
one level {"name":"db","label":"x"} encoded {"name":"db","label":"x"}
below {"metadata":{"label":"x"}} encoded {"metadata":{"label":"x"}}
list [{"label":"x"}] encoded [{"label":"x"}]
record {"key":{"label":"x"}} encoded {"key":{"label":"x"}}
not strict {"metadata":{"name":"db","label":"x"}} encoded {"metadata":{"name":"db","label":"x"}}
SEEN
