#!/usr/bin/env bash
# io-ts: a record whose key is wrong is decoded without that entry; only a wrong value is an error.
#
# Expected: `t.record(Label, t.string)` refuses a key that `Label` refuses, as it refuses a value of the wrong type: keys have a
#   codec, and the value that stands behind a key is checked even then, or at least not thrown away.
# What happens: an entry whose key the codec of the keys refuses is left out, whatever it holds. So it is with a union of literals
#   or `keyof`: keys that are missing are an error, keys that are too many are dropped, in a codec that is not `strict`. The
#   record's own `is` says that the same value is none.
# Why it matters: a misspelt label or port name does not fail, it vanishes, and a selector with one entry fewer matches more.
# io-ts 2.2.22 and fp-ts 2.16.11, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts io-ts@2.2.22 fp-ts@2.16.11

cat > probe.mjs <<'END'
import * as t from 'io-ts'

const label = t.brand(t.string, (text) => /^[a-z]+$/.test(text), 'Label')
const show = (what, codec, value) => {
  const decoded = codec.decode(value)
  console.log(what, JSON.stringify(value), decoded._tag, JSON.stringify(decoded.right), 'is', codec.is(value))
}

show('brand', t.record(label, t.string), { app: 'db', 'a b': 'x' })
show('brand', t.record(label, t.string), { app: 'db', 'a b': 1 })
show('brand', t.record(label, t.string), { app: 1 })
show('keyof', t.record(t.keyof({ tcp: null, udp: null }), t.number), { tcp: 80, udp: 53, icmp: 1 })
show('keyof', t.record(t.keyof({ tcp: null, udp: null }), t.number), { tcp: 80 })
show('type', t.type({ tcp: t.number }), { tcp: 80, icmp: 1 })
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
brand {"app":"db","a b":"x"} Right {"app":"db"} is true
brand {"app":"db","a b":1} Right {"app":"db"} is true
brand {"app":1} Left undefined is false
keyof {"tcp":80,"udp":53,"icmp":1} Right {"tcp":80,"udp":53} is true
keyof {"tcp":80} Left undefined is false
type {"tcp":80,"icmp":1} Right {"tcp":80,"icmp":1} is true
SEEN
