// @lab
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { tier } from '../../../src/build/tier.js'
import { printYaml } from '../../../src/yaml/print/print.js'
import { clear } from '../../lab/down.js'
import { labTests } from '../../lab/lab.js'
import { placeOf } from '../../lab/place.js'
import { up } from '../../lab/up.js'
import { fluxFor } from './flux.js'

const fluxing = suite('Flux and projectcalico.org/v3, on a lab in native mode')
const onLab = await labTests(fluxing)
const place = placeOf({
  ...process.env,
  TYPED_CALICO_LAB: `flux-${process.pid}`,
  TYPED_CALICO_KUBERNETES: undefined,
})

const security = tier('security').order(100)
const policy = globalNetworkPolicy('security.deny-all').tier('security')

onLab('Flux applies it, tiers before policies, finds no drift, and prunes it', async () => {
  try {
    await up(place, 'native')
    const flux = await fluxFor(place.kubeconfig, 'guardrails')
    const [ofTier, ofPolicy] = ['Tier/security', 'GlobalNetworkPolicy/security.deny-all']
    const tiers = printYaml([security])
    const all = printYaml([security, policy.denyIngress()])
    // As two Kustomizations, one of which depends on the other: the first waits for what the second needs.
    assert.equal(await flux({ former: undefined, wanted: tiers }), { [ofTier]: 'created' })
    const both = { [ofTier]: 'unchanged', [ofPolicy]: 'created' }
    assert.equal(await flux({ former: tiers, wanted: all }), both)
    assert.equal(await flux({ former: all, wanted: all }), { [ofTier]: 'unchanged', [ofPolicy]: 'unchanged' })
    const changed = printYaml([security, policy.denyEgress()])
    assert.equal(await flux({ former: all, wanted: changed }), {
      [ofTier]: 'unchanged',
      [ofPolicy]: 'configured',
    })
    assert.equal(await flux({ former: changed, wanted: tiers }), {
      [ofTier]: 'unchanged',
      [ofPolicy]: 'deleted',
    })
    assert.equal(await flux({ former: tiers, wanted: undefined }), { [ofTier]: 'deleted' })
  } finally {
    await clear(place)
    await rm(place.folder, { recursive: true, force: true })
  }
})

fluxing.run()
