import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { type PatchSpec, patch } from '../../src/index.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import type { World } from './contract.js'

export const kind = 'KubeControllersConfiguration'

export type Spec = PatchSpec<typeof kind>

/** With all that calicoctl fills in whenever it writes. */
export const spec: Spec = {
  prometheusMetricsPort: 9094,
  logSeverityScreen: 'Info',
  healthChecks: 'Enabled',
  controllers: {
    node: { reconcilerPeriod: '5m0s', leakGracePeriod: '15m0s', hostEndpoint: { autoCreate: 'Disabled' } },
  },
}

export const enabled = patch(kind, 'default', {
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})

export const typeIn = ({ group }: World) => storageType(kind, group)

export const read = async (world: World): Promise<KubeObject | undefined> => {
  const found = await world.cluster.get({ type: typeIn(world), name: 'default' })()
  return E.isRight(found) ? found.right : undefined
}

export const specIn = async (world: World): Promise<Spec> => ((await read(world))?.spec ?? {}) as Spec

/** As somebody else writes it, whose tools know nothing of this. */
export const write = async (world: World, change: (spec: Spec) => Spec): Promise<void> => {
  const found = await read(world)
  if (found === undefined) throw new Error('it is not there')
  const object = { ...found, spec: change(found.spec as Spec) }
  orThrow(await world.cluster.replace(typeIn(world), object)())
}

export const remove = async (world: World): Promise<void> => {
  const found = await read(world)
  if (found === undefined) return
  const { uid = '', resourceVersion = '' } = found.metadata
  orThrow(await world.cluster.remove({ type: typeIn(world), name: 'default' }, { uid, resourceVersion })())
}

export const make = async (world: World, given: Spec): Promise<KubeObject> => {
  await remove(world)
  const apiVersion = world.group === 'projectcalico.org' ? 'projectcalico.org/v3' : 'crd.projectcalico.org/v1'
  const annotations = { 'operator.tigera.io/note': 'theirs' }
  return orThrow(
    await world.cluster.create(typeIn(world), {
      apiVersion,
      kind,
      metadata: { name: 'default', annotations },
      spec: given,
    })(),
  )
}
