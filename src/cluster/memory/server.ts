import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../port.js'
import type { ApiRequest, ApiResponse, Transport } from '../transport.js'
import { createAdmission, type Webhook } from './admission/admission.js'
import { createGuard } from './admission/guard.js'
import { controlDefinitions } from './controllers/definition-controller.js'
import { collectGarbage } from './controllers/garbage-collector.js'
import { createJobController } from './controllers/job-controller.js'
import { runControllers } from './controllers/loop.js'
import { controlNamespaces } from './controllers/namespace-controller.js'
import type { Extension } from './extension.js'
import { createApiServer } from './http/api-server.js'
import { createLists } from './http/lists.js'
import { type Clock, realClock } from './kinds/clock.js'
import { refuse } from './kinds/refusal.js'
import { types } from './kinds/served-type.js'
import { admin, serviceAccountOf, userNamed } from './kinds/user.js'
import { createKubelet } from './kubelet/kubelet.js'
import type { PodFault } from './kubelet/pod-fault.js'
import { createLogReader } from './kubelet/pod-log.js'
import type { Ground } from './kubelet/pod-run.js'
import type { Program } from './kubelet/program.js'
import { createRegistry } from './registry/registry.js'
import { createStore } from './registry/store.js'
import { initial, seedAll } from './seed.js'

export interface MemoryOptions {
  /** Namespaces beside those that every cluster has. */
  readonly namespaces?: ReadonlyArray<string>
  /** What is in the cluster from the start, beside its namespaces and its node. */
  readonly objects?: ReadonlyArray<KubeObject>
  /**
   * What images do when a pod runs them, by repository: `{ 'calico/ctl': …, 'quay.io/calico/ctl': … }`. Other images
   * cannot be pulled.
   */
  readonly programs?: Readonly<Record<string, Program>>
  /** What happens to pods that start. */
  readonly fault?: (pod: KubeObject) => PodFault | undefined
  /** A validating webhook of your own. */
  readonly webhook?: Webhook
  readonly clock?: Clock
  /** How soon controllers react to a change; they back off ten times as long. Milliseconds. */
  readonly reactionMs?: number
  /** The namespace of the context; `default` otherwise. */
  readonly namespace?: string
}

/** A Kubernetes API server in this process, with its controllers, a scheduler and a kubelet. */
export interface MemoryServer {
  /** Answers one request as the user of that name; without one, as an administrator. */
  readonly handle: (request: ApiRequest, user?: string) => Promise<ApiResponse>
  readonly transport: (user?: string) => Transport
  /** Forgets the snapshots behind lists that are under way: their next page gives 410. */
  readonly compact: () => void
}

const unauthorized = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' }

/** Starts an empty cluster in memory. Throws when one of `objects` is not acceptable to it. */
export const memoryServer = (options: MemoryOptions = {}, extension: Extension = {}): MemoryServer => {
  const {
    clock = realClock,
    programs = {},
    fault = () => undefined,
    reactionMs = 1,
    namespace = 'default',
  } = options
  const backoffMs = reactionMs * 10
  const store = createStore()
  const admission = createAdmission(store, { fill: extension.fill, webhook: options.webhook })
  const registry = createRegistry(store, clock, admission)
  const lists = createLists(store)
  const logs = new Map<string, string>()
  const answer = createApiServer(registry, lists, createLogReader(logs), createGuard(store, extension.guard))

  const handle: MemoryServer['handle'] = async (request, user) =>
    answer(request, user === undefined ? admin : userNamed(user))

  const send: Ground['send'] = async (user, request) => {
    const account = serviceAccountOf(user)
    const known = account && store.get(types.serviceaccounts, account.namespace, account.name)
    return known === undefined ? refuse(unauthorized) : handle(request, user)
  }

  const { namespaces, objects = [] } = options
  seedAll(registry, [...initial(namespaces, objects), ...objects])
  const controllers = [
    controlDefinitions,
    controlNamespaces,
    collectGarbage,
    createJobController({ backoffMs }),
    createKubelet({ ground: { programs, logs, send }, fault, backoffMs }),
    ...(extension.controllers ?? []),
  ]
  runControllers(registry, controllers, reactionMs)

  return {
    handle,
    compact: lists.compact,
    transport: (user) => ({
      send: async (request) => E.right(await handle(request, user)),
      target: async () => E.right({ description: 'in-memory cluster', namespace }),
      close: () => {},
    }),
  }
}
