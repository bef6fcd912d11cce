#!/usr/bin/env bash
# uvu: `assert.equal` takes any two errors of one class for equal, whatever they say.
#
# Expected: what node:assert does: errors differ when their messages do.
# What happens: it compares the enumerable properties of objects. An error's message is none, nor is
#   anything under a symbol; so errors, and objects that hold them, are equal to all others of their class.
# Why it matters: where errors are values, a test that compares `Left(new Refused('port 0'))` holds for every refusal.
#   Compare what is said: the message, or a plain object.
# uvu 0.5.6, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts uvu@0.5.6

cat > probe.mjs <<'END'
import * as node from 'node:assert'
import * as uvu from 'uvu/assert'

const holds = (assertion) => {
  try {
    assertion()
    return 'equal'
  } catch {
    return 'different'
  }
}
const compare = (what, one, other) =>
  console.log(`${what}: uvu ${holds(() => uvu.equal(one, other))}, node ${holds(() => node.deepStrictEqual(one, other))}`)

const refused = (message) => ({ _tag: 'Left', left: new TypeError(message) })
compare('messages', new Error('port 0'), new Error('port 1'))
compare('in an object', refused('port 0'), refused('port 1'))
compare('under a symbol', { [Symbol.for('port')]: 0 }, { [Symbol.for('port')]: 1 })
compare('classes', new Error('port 0'), new TypeError('port 0'))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
messages: uvu equal, node different
in an object: uvu equal, node different
under a symbol: uvu equal, node different
classes: uvu different, node different
SEEN
