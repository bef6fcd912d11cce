#!/usr/bin/env bash
# fast-json-patch: two Dates that differ make a patch of single characters, which cannot be applied.
#
# Expected: `compare` sees what JSON sees, two texts that differ, as it does for undefined; or it replaces the Date. It is one
#   `replace` either way.
# What happens: the newer Date is changed into its text, and that is compared with the older, which has no keys, as if both were
#   lists: `add` of each of 24 characters under `/0`, `/1` and so on. A Date that becomes a text is one `replace`, as is a text
#   that becomes another. The library's own `applyPatch` refuses the patch for the object that it was made from.
# Why it matters: Kubernetes' client for JavaScript makes Dates of creationTimestamp, of a condition's lastTransitionTime and of
#   other times, so the patch between two states of an object cannot be sent. Compare `JSON.parse(JSON.stringify(…))` of both.
# fast-json-patch 3.1.1, @kubernetes/client-node 1.4.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fast-json-patch@3.1.1 @kubernetes/client-node@1.4.0

cat > probe.mjs <<'END'
import { loadYaml } from '@kubernetes/client-node'
import patch from 'fast-json-patch'

const policy = (time) =>
  loadYaml(`{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db, creationTimestamp: '${time}'}}`)
const [before, after] = [policy('2024-01-01T00:00:00Z'), policy('2024-01-01T00:00:01Z')]
const plain = (value) => JSON.parse(JSON.stringify(value))
const show = (what, operations) => console.log(`${what}: ${operations.length}, the first ${JSON.stringify(operations[0])}`)

show('Dates', patch.compare(before, after))
show('a Date and a text', patch.compare(before, plain(after)))
show('texts', patch.compare(plain(before), plain(after)))
try {
  patch.applyPatch(plain(before), patch.compare(before, after), true)
  console.log('applied')
} catch (error) {
  console.log(error.name)
}
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
Dates: 24, the first {"op":"add","path":"/metadata/creationTimestamp/0","value":"2"}
a Date and a text: 1, the first {"op":"replace","path":"/metadata/creationTimestamp","value":"2024-01-01T00:00:01.000Z"}
texts: 1, the first {"op":"replace","path":"/metadata/creationTimestamp","value":"2024-01-01T00:00:01.000Z"}
OPERATION_PATH_UNRESOLVABLE
SEEN
