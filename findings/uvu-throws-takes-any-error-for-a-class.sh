#!/usr/bin/env bash
# uvu: `assert.throws(run, TypeError)` holds whatever `run` throws; with a class of one's own it never holds.
#
# Expected: what node:assert, Chai and Jest do with a class there: the error has to be an instance of it.
# What happens: a function is called with the error, and holds if its result is truthy. `TypeError(error)` makes a new error, and
#   that is. A class cannot be called: the complaint about that is what the test fails with, for the right error too.
# Why it matters: a test that a port of 70000 is a RangeError stays green when the code throws because it is broken. A test
#   of one's own class has to say `(error) => error instanceof Refused`.
# uvu 0.5.6, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts uvu@0.5.6

cat > probe.mjs <<'END'
import node from 'node:assert/strict'
import * as uvu from 'uvu/assert'

class Refused extends Error {}
const outcome = (check) => {
  try {
    check()
    return 'holds'
  } catch (error) {
    return `fails (${error.message.split('\n')[0]})`
  }
}
for (const [what, thrown, wanted] of [
  ['RangeError for RangeError', RangeError, RangeError],
  ['ReferenceError for RangeError', ReferenceError, RangeError],
  ['Refused for Refused', Refused, Refused],
]) {
  const run = () => {
    throw new thrown('no')
  }
  console.log(`${what}: uvu ${outcome(() => uvu.throws(run, wanted))}, node ${outcome(() => node.throws(run, wanted)).split(' ')[0]}`)
}
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
RangeError for RangeError: uvu holds, node holds
ReferenceError for RangeError: uvu holds, node fails
Refused for Refused: uvu fails (Class constructor Refused cannot be invoked without 'new'), node holds
SEEN
