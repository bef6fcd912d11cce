import type { Controller } from '../../cluster/memory/controllers/loop.js'
import { timestamp } from '../../cluster/memory/kinds/clock.js'
import { array, record, same } from '../../cluster/memory/kinds/json.js'
import type { ServedType } from '../../cluster/memory/kinds/served-type.js'
import type { Registry } from '../../cluster/memory/registry/registry.js'
import type { KubeObject } from '../../cluster/port.js'
import { isTiered } from '../../model/kind.js'
import { tierOf } from './tier.js'

const servedAs = (registry: Registry, wanted: (kind: string) => boolean): ReadonlyArray<ServedType> =>
  registry.served().filter(({ group, kind }) => group === 'projectcalico.org' && wanted(kind))

/** Puts the finalizer on the object, or takes it away. */
const setFinalizer = (registry: Registry, type: ServedType, object: KubeObject, finalizer: string) => {
  const { finalizers = [] } = object.metadata
  const others = finalizers.filter((one) => one !== finalizer)
  return (held: boolean): void => {
    if (held === finalizers.includes(finalizer)) return
    const next = held ? [...others, finalizer] : others
    registry.update(type, { ...object, metadata: { ...object.metadata, finalizers: next } })
  }
}

interface Condition {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

/** The object with the condition in its status. */
const setCondition = (
  registry: Registry,
  type: ServedType,
  object: KubeObject,
  condition: Condition,
): KubeObject => {
  const conditions = array(record(object.status).conditions)
  const { lastTransitionTime: _, ...before } = record(
    conditions.find((one) => record(one).type === condition.type),
  )
  if (same(before, condition)) return object
  const others = conditions.filter((one) => record(one).type !== condition.type)
  const next = { ...condition, lastTransitionTime: timestamp(registry.clock.now()) }
  const status = { ...record(object.status), conditions: [...others, next] }
  const updated = registry.update(type, { ...object, status }, { status: true })
  return updated._tag === 'Right' ? updated.right : object
}

const conditionOf = ({ metadata, spec }: KubeObject): Condition => {
  const type = 'Allocatable'
  if (record(spec).disabled === true)
    return { type, status: 'False', reason: 'PoolDisabled', message: 'IPPool.Spec.Disabled is true' }
  return metadata.deletionTimestamp === undefined
    ? { type, status: 'True', reason: 'OK', message: 'IPPool is available for IP allocation.' }
    : { type, status: 'False', reason: 'Terminating', message: 'IPPool is being deleted' }
}

/**
 * Says of each pool whether addresses come from it, and holds those that are in use by a finalizer. Pools that overlap are not
 * told apart here. **Source**: `kube-controllers/pkg/controllers/ippool`.
 */
const controlPools: Controller = (registry) => {
  for (const type of servedAs(registry, (kind) => kind === 'IPPool')) {
    for (const given of registry.store.list(type)) {
      const condition = conditionOf(given)
      const pool = setCondition(registry, type, given, condition)
      setFinalizer(registry, type, pool, 'projectcalico.org/ippool-finalizer')(condition.status === 'True')
    }
  }
  return undefined
}

const plurals = (kind: string, count: number): string =>
  `${count} ${count === 1 ? kind : kind.replace(/y$/, 'ies')}`

/** Keeps a tier until its policies are gone. **Source**: `kube-controllers/pkg/controllers/tier`. */
const controlTiers: Controller = (registry) => {
  const policies = servedAs(registry, isTiered)
  for (const type of servedAs(registry, (kind) => kind === 'Tier')) {
    for (const tier of registry.store.list(type)) {
      const hold = setFinalizer(registry, type, tier, 'projectcalico.org/tier-controller')
      const left = policies.flatMap((policy) => {
        const inside = registry.store.list(policy).filter((object) => tierOf(object) === tier.metadata.name)
        return inside.length === 0 ? [] : [plurals(policy.kind, inside.length)]
      })
      if (tier.metadata.deletionTimestamp === undefined) hold(true)
      else if (left.length === 0) hold(false)
      else {
        const message = `Waiting for policies to be removed: ${left.join(', ')}`
        setCondition(registry, type, tier, { type: 'Ready', status: 'False', reason: 'Terminating', message })
      }
    }
  }
  return undefined
}

/** The controllers that native mode brings. */
export const nativeControllers: ReadonlyArray<Controller> = [controlPools, controlTiers]
