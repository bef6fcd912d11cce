import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClusterError } from '../../src/cluster/error.js'
import { explain } from '../../src/error.js'
import { configMaps } from './contract-ground.js'
import {
  answer,
  configMap,
  lost,
  mistrusted,
  type Reply,
  refused,
  scriptedCluster,
  status,
} from './scripted.js'

const reply = suite('replies')

const create = async (given: Reply): Promise<ClusterError> => {
  const { cluster } = scriptedCluster({ retryForMs: 0 }, given)
  const result = await cluster.create(configMaps, configMap)()
  return result._tag === 'Left' ? result.left : (assert.unreachable('it went well') as never)
}

const terminating = {
  causes: [{ reason: 'NamespaceTerminating', message: 'x', field: 'metadata.namespace' }],
}
const escalating =
  'roles.rbac.authorization.k8s.io "r" is forbidden: user "u" (groups=["g"]) is attempting to grant RBAC permissions not currently held:\n{…}'

const cases: ReadonlyArray<readonly [string, Reply, Partial<ClusterError>]> = [
  ['an unknown token', status(401, 'Unauthorized', 'Unauthorized'), { _tag: 'Unauthenticated' }],
  [
    'a missing right',
    status(403, 'Forbidden', 'x is forbidden: User "u" cannot create'),
    { _tag: 'Forbidden', by: 'rbac' },
  ],
  ['an escalation', status(403, 'Forbidden', escalating), { _tag: 'Forbidden', by: 'escalation' }],
  ['a dying namespace', status(403, 'Forbidden', 'x', terminating), { _tag: 'Forbidden', by: 'terminating' }],
  [
    'a webhook',
    status(403, 'Forbidden', 'admission webhook "w" denied the request: no'),
    { _tag: 'Forbidden', by: 'admission' },
  ],
  [
    'a missing object',
    status(404, 'NotFound', 'x', { kind: 'configmaps' }),
    { _tag: 'NotFound', missing: 'object' },
  ],
  [
    'a missing namespace',
    status(404, 'NotFound', 'x', { kind: 'namespaces' }),
    { _tag: 'NotFound', missing: 'namespace' },
  ],
  [
    'an unserved kind',
    status(404, 'NotFound', 'the server could not find the requested resource'),
    { _tag: 'NotFound', missing: 'kind' },
  ],
  ['an unserved group', answer(404, '404 page not found\n'), { _tag: 'NotFound', missing: 'kind' }],
  ['an existing object', status(409, 'AlreadyExists', 'x'), { _tag: 'AlreadyExists' }],
  ['another version', status(409, 'Conflict', 'x'), { _tag: 'Conflict' }],
  ['a bad object', status(422, 'Invalid', 'x'), { _tag: 'Rejected', status: 422 }],
  ['a body too large', status(413, 'RequestEntityTooLarge', 'x'), { _tag: 'Rejected', status: 413 }],
  ['overload', status(429, 'TooManyRequests', 'x'), { _tag: 'Unavailable', status: 429 }],
  ['a shutdown', status(503, 'x', 'x', {}, { 'retry-after': '1' }), { _tag: 'Unavailable', status: 503 }],
  ['an internal error', status(500, 'InternalError', 'x'), { _tag: 'Unanswered' }],
  ['a broken connection', lost, { _tag: 'Unanswered' }],
  ['no connection', refused, { _tag: 'Unreachable' }],
  ['a certificate', mistrusted, { _tag: 'Unreachable' }],
]

for (const [what, given, expected] of cases) {
  reply(`${what} is ${expected._tag}`, async () => {
    const error = await create(given)
    for (const [field, value] of Object.entries(expected)) {
      assert.is(Object.entries(error).find(([key]) => key === field)?.[1], value)
    }
    assert.is(error.request, 'create configmaps a in shop')
    assert.match(error.message, /^create configmaps a in shop: ./)
  })
}

reply('every error but a plain conflict with what is there tells what to do', async () => {
  for (const [, given, { _tag }] of cases) {
    const error = await create(given)
    const plain =
      _tag === 'AlreadyExists' ||
      _tag === 'Rejected' ||
      (error._tag === 'NotFound' && error.missing === 'object')
    if (!plain && given !== refused && given !== mistrusted) assert.match(error.hint ?? '', /\w/, _tag ?? '')
  }
})

reply('the fields that are wrong are named, without their values', async () => {
  const causes = [
    {
      reason: 'FieldValueInvalid',
      field: 'metadata.name',
      message: 'Invalid value: "canary-A": must be lower case',
    },
    { reason: 'FieldValueRequired', field: 'spec.x', message: 'Required value' },
  ]
  const error = await create(status(422, 'Invalid', 'ConfigMap "a" is invalid: […canary-A…]', { causes }))
  assert.match(error.message, /metadata\.name: Invalid value: …: must be lower case; spec\.x: Required value/)
  assert.not.match(explain(error), /canary/)
})

reply('a list with an item that is no object is no list', async () => {
  const { cluster } = scriptedCluster(
    { retryForMs: 0 },
    answer(200, { metadata: {}, items: [configMap, { metadata: 7 }] }),
  )
  const result = await cluster.list(configMaps)()
  assert.is(result._tag === 'Left' && result.left._tag, 'Unanswered')
})

reply.run()
