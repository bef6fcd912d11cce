import * as E from 'fp-ts/lib/Either.js'
import { memoryServer } from '../../../src/cluster/memory.js'
import type { Cluster, KubeObject, ResourceType } from '../../../src/cluster/port.js'
import { apiVersionOf, customResourceDefinitions } from '../../../src/cluster/resource-types.js'
import { restCluster } from '../../../src/cluster/rest.js'
import type { ApiRequest, ApiResponse } from '../../../src/cluster/transport.js'
import { projects, shoots } from '../../../src/fleet/cluster/shoot.js'

const definitionOf = ({ group, version, resource, kind, namespaced }: ResourceType): KubeObject => ({
  apiVersion: apiVersionOf(customResourceDefinitions),
  kind: customResourceDefinitions.kind,
  metadata: { name: `${resource}.${group}` },
  spec: {
    group,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    names: { plural: resource, kind },
    versions: [{ name: version, served: true, storage: true, schema: {} }],
  },
})

export const shootOf = (
  name: string,
  more: object = {},
  labels: Readonly<Record<string, string>> = {},
): KubeObject => ({
  apiVersion: apiVersionOf(shoots),
  kind: 'Shoot',
  metadata: { name, namespace: 'garden-core', labels },
  spec: { networking: { type: 'calico' } },
  ...more,
})

/** A kubeconfig that was asked for. */
export interface Issue {
  readonly shoot: string
  readonly access: string
  readonly expirationSeconds: number
}

export interface Garden {
  readonly cluster: Cluster
  readonly issued: ReadonlyArray<Issue>
}

const path =
  /^\/apis\/core\.gardener\.cloud\/v1beta1\/namespaces\/garden-core\/shoots\/([^/]+)\/(admin|viewer)kubeconfig$/

const reply = (status: number, body: object): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/**
 * The virtual garden: Projects and Shoots in memory, and the subresources that hand out kubeconfigs, as Gardener's documents
 * have them. `kubeconfig` is what a Shoot's has in it.
 */
export const gardenOf = (
  objects: ReadonlyArray<KubeObject>,
  kubeconfig: (issue: Issue) => string | undefined,
): Garden => {
  const issued: Array<Issue> = []
  const project = {
    apiVersion: apiVersionOf(projects),
    kind: 'Project',
    metadata: { name: 'core' },
    spec: { namespace: 'garden-core' },
  }
  const server = memoryServer({
    namespaces: ['garden-core'],
    objects: [definitionOf(projects), definitionOf(shoots), project, ...objects],
  })
  const transport = server.transport()
  const send = async (request: ApiRequest, signal: AbortSignal) => {
    const [, shoot = '', access = ''] = (request.method === 'POST' && path.exec(request.path)) || []
    if (shoot === '') return transport.send(request, signal)
    const body = JSON.parse(request.body ?? '{}')
    const kind = access === 'admin' ? 'AdminKubeconfigRequest' : 'ViewerKubeconfigRequest'
    if (body.kind !== kind || body.apiVersion !== 'authentication.gardener.cloud/v1alpha1')
      return E.right(
        reply(400, { kind: 'Status', status: 'Failure', message: 'not such a request', code: 400 }),
      )
    const issue = { shoot, access, expirationSeconds: body.spec.expirationSeconds }
    issued.push(issue)
    const text = kubeconfig(issue)
    if (text === undefined)
      return E.right(
        reply(403, {
          kind: 'Status',
          status: 'Failure',
          reason: 'Forbidden',
          message: 'forbidden',
          code: 403,
        }),
      )
    const status = {
      kubeconfig: Buffer.from(text).toString('base64'),
      expirationTimestamp: '2030-01-01T00:00:00Z',
    }
    return E.right(reply(201, { ...body, status }))
  }
  return { cluster: restCluster({ ...transport, send }), issued }
}
