#!/usr/bin/env bash
# uvu: `assert.snapshot` and `assert.fixture` do not see how far a text is indented.
#
# Expected: a snapshot is compared to the byte, or but for line endings.
# What happens: both texts lose the indentation that all their lines share, and their carriage returns, before they are
#   compared. Spaces at a line's end do count.
# Why it matters: a printer of YAML that puts a whole document two levels too deep, where it no longer parses in its place, or
#   writes CRLF, passes its snapshots. `assert.is` compares the bytes.
# uvu 0.5.6, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts uvu@0.5.6

cat > probe.mjs <<'END'
import * as assert from 'uvu/assert'

const verdict = (name, actual, expected) => {
  try {
    assert[name](actual, expected)
    return 'equal'
  } catch {
    return 'different'
  }
}
const compare = (what, actual, expected) =>
  console.log(`${what}:`, ...['snapshot', 'fixture', 'is'].map((name) => verdict(name, actual, expected)))

compare('all of it deeper', '    spec:\n      order: 1\n', 'spec:\n  order: 1\n')
compare('CRLF', 'spec:\r\n  order: 1\r\n', 'spec:\n  order: 1\n')
compare('one line deeper', 'spec:\n    order: 1\n', 'spec:\n  order: 1\n')
compare('a space at the end', 'order: 1 \n', 'order: 1\n')
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
all of it deeper: equal equal different
CRLF: equal equal different
one line deeper: different different different
a space at the end: different different different
SEEN
