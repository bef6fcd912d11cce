import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ProgramRun } from '../../cluster/memory.js'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { parseJson } from '../../cluster/reply.js'
import { minorOf } from '../../model/calico-version.js'
import { isTiered } from '../../model/kind.js'
import { toStorageName } from '../../model/storage/storage.js'
import { inTier } from '../calico/tier.js'
import { storedType } from './kind.js'
import { fromStored, toStored } from './storage.js'

/** How a release of Calico stores its resources on a cluster. */
export interface Layout {
  readonly isNative: boolean
  readonly typeOf: (kind: string) => ResourceType
  readonly storedName: (kind: string, name: string) => string
  readonly toStored: (object: KubeObject, apiVersion: string) => KubeObject
  readonly fromStored: (object: KubeObject) => KubeObject
}

/**
 * As custom resources of Calico's own. **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`; for tiers
 * `libcalico-go/lib/clientv3/networkpolicy.go`.
 */
const internal = (release: string): Layout => ({
  isNative: false,
  typeOf: storedType,
  storedName: (kind, name) => toStorageName({ kind, name }, release),
  toStored: (object, apiVersion) => toStored(object, apiVersion, release),
  fromStored: (object) => {
    const shown = fromStored(object, release)
    return isTiered(object.kind) && minorOf(release) >= 29 ? inTier(shown) : shown
  },
})

/** As they are: what goes without saying, the cluster adds. */
const native: Layout = {
  isNative: true,
  typeOf: (kind) => ({ ...storedType(kind), group: 'projectcalico.org', version: 'v3' }),
  storedName: (_kind, name) => name,
  toStored: (object, apiVersion) => ({ ...object, apiVersion }),
  fromStored: (stored) => stored,
}

const Groups = t.type({ groups: t.array(t.type({ name: t.string })) })

/** Since 3.32 as the environment says, or else by what the cluster serves: of both, Calico's own. **Source**: 3.32 `libcalico-go/lib/backend/k8s/discovery.go`. */
export const layoutFor = async (run: ProgramRun, release: string): Promise<Layout> => {
  if (minorOf(release) < 32) return internal(release)
  const wanted = run.env.CALICO_API_GROUP ?? ''
  if (wanted !== '') return /^projectcalico\.org\/v3$/i.test(wanted) ? native : internal(release)
  const headers = { accept: 'application/json' }
  const { body } = await run.send({ method: 'GET', path: '/apis', query: {}, headers })
  const served = Groups.decode(parseJson(body))
  const names = E.isRight(served) ? served.right.groups.map(({ name }) => name) : []
  return names.includes('projectcalico.org') && !names.includes('crd.projectcalico.org')
    ? native
    : internal(release)
}
