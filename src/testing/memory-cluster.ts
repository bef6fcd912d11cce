import { type MemoryCluster, type MemoryOptions, memoryCluster as plainCluster } from '../cluster/memory.js'
import { minorOf } from '../model/calico-version.js'
import { calicoObjects } from './calico/installation.js'
import { nativeAdmission } from './calico/native-admission.js'
import { nativeControllers } from './calico/native-controllers.js'
import { calicoctl } from './calicoctl.js'

/** What is in the cluster from the start, and which Calico it has. */
export interface MemoryClusterOptions extends MemoryOptions {
  /** The Calico that is installed: `3.28.5` unless told otherwise; `false` for a cluster without Calico. */
  readonly calico?: string | false
  /** Calico 3.32's native mode: its resources are stored as `projectcalico.org/v3` itself, with nothing in between. */
  readonly native?: boolean
}

/**
 * A cluster in this process with Calico in it, for tests and for trying things out: Kubernetes' API with RBAC, its
 * controllers, and pods that run calicoctl. No network, no policy is enforced.
 *
 * @example
 * const runner = createRunner({ owner: 'shop', cluster: memoryCluster() })
 */
export const memoryCluster = (options: MemoryClusterOptions = {}): MemoryCluster => {
  const { calico = '3.28.5', native = false, objects = [], programs = {}, ...rest } = options
  if (calico === false) return plainCluster({ ...rest, objects, programs })
  // They wait for kinds of the native mode, which a cluster may get later.
  const hasNative = native || minorOf(calico) >= 32
  const extension = hasNative ? { ...nativeAdmission, controllers: nativeControllers } : {}
  const run = calicoctl(`v${calico}`)
  const all = {
    ...rest,
    objects: [...calicoObjects(calico, native), ...objects],
    programs: { 'calico/ctl': run, 'quay.io/calico/ctl': run, 'quay.io/calico/calico': run, ...programs },
  }
  return plainCluster(all, extension)
}
