#!/usr/bin/env bash
# io-ts: what a codec decodes without a complaint, its own `is` may call wrong.
#
# Expected: `codec.decode(x)` is a Right just when `codec.is(x)` is true, for codecs that convert nothing.
# What happens: a property whose type admits undefined may be absent for `decode`, but not for `is`; the decoded value has the
#   property, set to undefined.
# Why it matters: unions encode by the first member whose `is` holds, and guards are often built from `is`. A policy without a
#   tier that was decoded under the one is refused, or encoded by another member, under the other.
# io-ts 2.2.22 and fp-ts 2.16.11, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts io-ts@2.2.22 fp-ts@2.16.11

cat > probe.mjs <<'END'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const Policy = t.type({ name: t.string, tier: t.union([t.string, t.undefined]) })
const withoutTier = { name: 'web' }
const decoded = Policy.decode(withoutTier)
console.log('decode, tier absent:', decoded._tag, Object.keys(decoded.right).join(' '))
console.log('is, tier absent:', Policy.is(withoutTier))
console.log('is, what was decoded:', Policy.is(decoded.right))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
decode, tier absent: Right name tier
is, tier absent: false
is, what was decoded: true
SEEN
