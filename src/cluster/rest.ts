import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { type Answer, asking, json, type Question } from './ask.js'
import type { RetryPolicy } from './attempts.js'
import { discovering, discoveringTypes } from './discovery.js'
import type { NoKubeconfig } from './error.js'
import { listing } from './list.js'
import { decodeObject } from './object.js'
import { creationPath, objectPath, printType } from './path.js'
import type { Cluster, KubeObject, Ref, ResourceType } from './port.js'
import type { NoConfig, Transport } from './transport.js'

export interface RestOptions extends Partial<RetryPolicy> {
  /** Objects per page of a list. */
  readonly pageSize?: number
}

/** The object as it was, or a Status. */
const Deleted = t.type({ kind: t.string })

const printRef = ({ type, name, namespace }: Ref): string =>
  `${printType(type)} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`

const refOf = (type: ResourceType, { metadata: { name, namespace } }: KubeObject): Ref =>
  namespace === undefined ? { type, name } : { type, name, namespace }

const noKubeconfig = (failure: NoConfig): NoKubeconfig => ({
  ...failure,
  _tag: 'NoKubeconfig',
  request: 'find the cluster',
})

/** Reviews are answers, not objects: creating one changes nothing. */
const isReview = ({ group }: ResourceType): boolean =>
  group === 'authorization.k8s.io' || group === 'authentication.k8s.io'

/** The one REST client: a `Cluster` over any transport to a Kubernetes API server. */
export const restCluster = (transport: Transport, options: RestOptions = {}): Cluster => {
  const { retryForMs = 10_000, attemptMs = 30_000, pageSize = 500 } = options
  const { kubeconfig } = transport
  const ask = asking(transport, { retryForMs, attemptMs })
  const list = listing(ask, pageSize)
  const discover = discovering(ask)
  const discoverTypes = discoveringTypes(ask)

  const object = (type: ResourceType, question: Question): Answer<KubeObject> =>
    ask(
      question,
      json((value) => decodeObject(type, value)),
    )

  return {
    target: () => TE.mapLeft(noKubeconfig)(transport.target),
    ...(kubeconfig === undefined ? {} : { kubeconfig: () => TE.mapLeft(noKubeconfig)(kubeconfig) }),

    get: (ref, options) => () =>
      object(ref.type, { method: 'GET', request: `get ${printRef(ref)}`, path: objectPath(ref), options }),

    list: (type, options) => () => list(type, options),

    create: (type, body, options) => () =>
      object(type, {
        method: 'POST',
        request: `create ${printRef(refOf(type, body))}`,
        path: creationPath(type, body.metadata.namespace),
        body,
        write: !isReview(type),
        options,
      }),

    replace: (type, body, options) => () => {
      const ref = refOf(type, body)
      return object(type, {
        method: 'PUT',
        request: `replace ${printRef(ref)}`,
        path: objectPath(ref),
        body,
        options,
      })
    },

    remove:
      (ref, { uid, resourceVersion }, options) =>
      () =>
        ask(
          {
            method: 'DELETE',
            request: `delete ${printRef(ref)}`,
            path: objectPath(ref),
            body: {
              apiVersion: 'v1',
              kind: 'DeleteOptions',
              propagationPolicy: 'Background',
              preconditions: { uid, resourceVersion },
              // With a body, the API server does not look at the query.
              ...(options?.dryRun === true ? { dryRun: ['All'] } : {}),
            },
            options,
          },
          json((value) => E.map((): void => undefined)(Deleted.decode(value))),
        ),

    logs: (pod, options) => () => {
      const path = objectPath(pod)
      const { container, tailLines, limitBytes } = options
      return ask(
        {
          method: 'GET',
          request: `read the log of ${printRef(pod)}`,
          path: E.isLeft(path) ? path : E.right(`${path.right}/log`),
          query: { container, tailLines: tailLines?.toString(), limitBytes: limitBytes?.toString() },
          options,
        },
        E.right,
      )
    },

    group: (name, options) => () => discover(name, options),
    namespacedTypes: (options) => () => discoverTypes(options),

    close: transport.close,
  }
}
