#!/usr/bin/env bash
# @kubernetes/client-node: a NetworkPolicy written as in Kubernetes' documentation loses every `from` on its way out.
#
# Expected: JavaScript objects have the fields of Kubernetes' API under the names that they have there.
# What happens: `from` is `_from` in this client's models, and what a model does not know is dropped without a word. A rule that
#   let in one kind of pod becomes `{}`, which lets in everybody. `loadYaml` makes `_from` of `from`, and drops fields that are
#   newer than the client; `KubernetesObjectApi` and the typed APIs send through the same models.
# Why it matters: objects from js-yaml, a template or plain JavaScript, where no compiler objects, widen a policy. Send those
#   by `CustomObjectsApi`, which has no models.
# @kubernetes/client-node 1.4.0, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @kubernetes/client-node@1.4.0

cat > probe.mjs <<'END'
import { dumpYaml, loadYaml } from '@kubernetes/client-node'

const peer = { podSelector: { matchLabels: { app: 'web' } } }
const policy = (rule) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db' },
  spec: { podSelector: {}, ingress: [rule] },
})
const text = JSON.stringify({ ...policy({ from: [peer] }), spec: { ...policy({ from: [peer] }).spec, newerField: 1 } })

console.log('from:', JSON.stringify(loadYaml(dumpYaml(policy({ from: [peer] }))).spec.ingress))
console.log('_from:', JSON.stringify(loadYaml(dumpYaml(policy({ _from: [peer] }))).spec.ingress))
console.log('loadYaml:', JSON.stringify(loadYaml(text).spec))
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
from: [{}]
_from: [{"_from":[{"podSelector":{"matchLabels":{"app":"web"}}}]}]
loadYaml: {"ingress":[{"_from":[{"podSelector":{"matchLabels":{"app":"web"}}}]}],"podSelector":{}}
SEEN
