import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isForeign } from '../../../src/model/foreign/foreign.js'

const foreign = suite('isForeign')

foreign('knows objects of other APIs, also those that share a kind with Calico', () => {
  for (const [apiVersion, kind] of [
    ['v1', 'Namespace'],
    ['v1', 'Node'],
    ['apps/v1', 'Deployment'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
    ['crd.antrea.io/v1beta1', 'Tier'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['projectcontour.io/v1', 'HTTPProxy'],
    ['operator.tigera.io/v1', 'Installation'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
    ['crd.projectcalico.org/v1', 'IPAMBlock'],
  ])
    assert.ok(isForeign({ apiVersion, kind }), `${apiVersion} ${kind}`)
})

foreign('takes nothing for it that may be a misspelt policy of Calico', () => {
  for (const [apiVersion, kind] of [
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicie'],
    ['projectcalico.org/v1', 'NetworkPolicy'],
    ['projectcalcio.org/v3', 'NetworkPolicy'],
    ['project-calico.org/v3', 'NetworkPolicy'],
    ['projectcalico/v3', 'GlobalNetworkPolicy'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['crd.projectcalico.org/v3', 'NetworkPolicy'],
    ['v3', 'NetworkPolicy'],
    ['', 'NetworkPolicy'],
    [undefined, 'NetworkPolicy'],
    ['apps/v1', undefined],
    ['apps/v1', ''],
  ])
    assert.not(isForeign({ apiVersion, kind }), `${apiVersion} ${kind}`)
})

foreign.run()
