import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../port.js'
import type { ApiRequest, ApiResponse, Transport } from '../transport.js'
import type { Webhook } from './admission.js'
import { createApi } from './api.js'
import { createApiServer } from './api-server.js'
import { type Clock, realClock } from './clock.js'
import { controlDefinitions } from './definition-controller.js'
import { createGuard, type Extension } from './extension.js'
import { collectGarbage } from './garbage-collector.js'
import { initial, seedAll } from './initial.js'
import { createJobController } from './job-controller.js'
import { createKubelet } from './kubelet.js'
import { createLists } from './lists.js'
import { runControllers } from './loop.js'
import { controlNamespaces } from './namespace-controller.js'
import type { PodFault } from './pod-fault.js'
import { createLogReader } from './pod-log.js'
import type { Ground } from './pod-run.js'
import type { Program } from './program.js'
import { types } from './served-type.js'
import { refuse } from './status.js'
import { admin, serviceAccountOf, userNamed } from './user.js'

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
  const api = createApi(clock, options.webhook, extension)
  const lists = createLists(api.store)
  const logs = new Map<string, string>()
  const answer = createApiServer(api, lists, createLogReader(logs), createGuard(api.store, extension))

  const handle: MemoryServer['handle'] = async (request, user) =>
    answer(request, user === undefined ? admin : userNamed(user))

  const send: Ground['send'] = async (user, request) => {
    const account = serviceAccountOf(user)
    const known = account && api.store.get(types.serviceaccounts, account.namespace, account.name)
    return known === undefined ? refuse(unauthorized) : handle(request, user)
  }

  seedAll(api, [...initial(options.namespaces), ...(options.objects ?? [])])
  const controllers = [
    controlDefinitions,
    controlNamespaces,
    collectGarbage,
    createJobController({ backoffMs }),
    createKubelet({ ground: { programs, logs, send }, fault, backoffMs }),
  ]
  runControllers(api, controllers, reactionMs)

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
