#!/usr/bin/env bash
# microdiff: two Sets, Maps or Errors are never different to it; 0 and -0 are.
#
# Expected: a Set that lost an element is a CHANGE, as a Date or a RegExp that changed is; 0 and -0 are the same number.
# What happens: what is in a Set, a Map or an Error is not looked at, and no difference is reported; -0 is a CHANGE from 0 to 0.
# Why it matters: a plan that is drawn up by diff calls a rule "unchanged" whose ports were kept in a Set; and an order that
#   was computed as -0 is changed for ever, though JSON writes 0 for both. Compare what is sent, and not what it is made of.
# microdiff 1.6.0, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts microdiff@1.6.0

cat > probe.mjs <<'END'
import diff from 'microdiff'

const compare = (what, before, after) =>
  console.log(`${what}:`, diff({ spec: before }, { spec: after }).map(({ type }) => type).join(' ') || 'no difference')

compare('a Set that grew', new Set([80]), new Set([80, 443]))
compare('a Map that changed', new Map([['order', 1]]), new Map([['order', 2]]))
compare('an Error that says something else', new Error('port 0'), new Error('port 1'))
compare('a Date', new Date(0), new Date(1))
compare('0 and -0', 0, -0)
compare('NaN and NaN', NaN, NaN)
console.log('0 and -0 as JSON:', JSON.stringify(diff({ order: 0 }, { order: -0 })))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
a Set that grew: no difference
a Map that changed: no difference
an Error that says something else: no difference
a Date: CHANGE
0 and -0: CHANGE
NaN and NaN: no difference
0 and -0 as JSON: [{"path":["order"],"type":"CHANGE","value":0,"oldValue":0}]
SEEN
