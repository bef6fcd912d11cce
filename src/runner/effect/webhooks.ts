import * as E from 'fp-ts/lib/Either.js'
import type { ResourceType } from '../../cluster/port.js'
import { isPlain } from '../../model/codec/json.js'
import type { RunContext } from '../run-context.js'
import type { FailClosedWebhook } from './needs.js'

const webhookType = (resource: string, kind: string): ResourceType => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource,
  kind,
  namespaced: false,
})

const types = [
  webhookType('validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'),
  webhookType('mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'),
]

const failClosed = (webhook: unknown): ReadonlyArray<FailClosedWebhook> => {
  if (!isPlain(webhook) || webhook.failurePolicy === 'Ignore') return []
  const { name, clientConfig } = webhook
  const { service } = Object(clientConfig)
  return typeof name === 'string' &&
    typeof service?.name === 'string' &&
    typeof service?.namespace === 'string'
    ? [{ name, namespace: service.namespace, service: service.name }]
    : []
}

/** The webhooks of the cluster that fail closed and stand behind a service; none where they may not be read. */
export const failClosedWebhooks = async ({
  cluster,
  signal,
}: RunContext): Promise<ReadonlyArray<FailClosedWebhook>> => {
  const lists = await Promise.all(types.map((type) => cluster.list(type, { signal })()))
  return lists.flatMap((listed) =>
    E.isLeft(listed)
      ? []
      : listed.right.items.flatMap(({ webhooks }) =>
          (Array.isArray(webhooks) ? webhooks : []).flatMap(failClosed),
        ),
  )
}
