import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import type { Unfit } from './fleet-cluster.js'

const gardener = (resource: string, kind: string, namespaced: boolean): ResourceType => ({
  group: 'core.gardener.cloud',
  version: 'v1beta1',
  resource,
  kind,
  namespaced,
})

export const shoots = gardener('shoots', 'Shoot', true)
export const projects = gardener('projects', 'Project', false)

/** Whose credentials: `admin` for who writes, `viewer` for who reads. */
export type Access = 'admin' | 'viewer'

const kinds = { admin: 'AdminKubeconfigRequest', viewer: 'ViewerKubeconfigRequest' } as const

/** The subresource of one Shoot that hands out credentials. **Source**: Gardener's `docs/usage/shoot/shoot_access.md`. */
export const kubeconfigOf = (shoot: string, access: Access): ResourceType =>
  gardener(`shoots/${shoot}/${access}kubeconfig`, kinds[access], true)

export const kubeconfigRequest = (
  access: Access,
  namespace: string,
  expirationSeconds: number,
): KubeObject => ({
  apiVersion: 'authentication.gardener.cloud/v1alpha1',
  kind: kinds[access],
  metadata: { name: '', namespace },
  spec: { expirationSeconds },
})

const Shoot = t.type({
  spec: t.partial({
    networking: t.partial({ type: t.string }),
    hibernation: t.partial({ enabled: t.boolean }),
  }),
})

const Status = t.partial({
  hibernated: t.boolean,
  lastOperation: t.partial({ type: t.string, state: t.string }),
})

/** Why there is no API server to talk to, or no Calico. */
export const unfitOf = (shoot: KubeObject): Unfit | undefined => {
  const decoded = Shoot.decode(shoot)
  const decodedStatus = Status.decode(shoot.status ?? {})
  const { networking, hibernation } = E.isRight(decoded) ? decoded.right.spec : {}
  const { hibernated, lastOperation } = E.isRight(decodedStatus) ? decodedStatus.right : {}
  if (shoot.metadata.deletionTimestamp !== undefined)
    return { reason: 'deleted', message: 'it is being deleted' }
  if (hibernation?.enabled === true || hibernated === true)
    return { reason: 'hibernated', message: 'it is hibernated: wake it up, and run again' }
  if (lastOperation?.type === 'Create' && lastOperation.state !== 'Succeeded')
    return { reason: 'not-created', message: 'it is not created yet' }
  if (networking?.type === 'calico') return undefined
  const other = networking?.type === undefined ? 'no network of its own' : `the network of ${networking.type}`
  return { reason: 'no-calico', message: `it has ${other}, not of Calico` }
}
