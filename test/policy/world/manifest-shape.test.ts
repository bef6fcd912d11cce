import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'

const test = suite('objects of Kubernetes in another shape')

const pod = (metadata: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  ...more,
})
const deployment = (template: unknown) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template },
})

const issuesOf = (manifest: object): ReadonlyArray<string> => {
  const compiled = compile({ resources: [manifest] })
  return E.isRight(compiled)
    ? []
    : compiled.left.issues.map(({ resource, path, message }) => `${resource} ${path.join('.')}: ${message}`)
}

test('are refused with their place, where policies would never meet them', () => {
  assert.equal(issuesOf(pod({ labels: { app: 1, tier: null } })), [
    'Pod(shop/web) metadata.labels.app: the value of a label is a text, and this is a number',
    'Pod(shop/web) metadata.labels.tier: the value of a label is a text, and this is null',
  ])
  assert.equal(issuesOf(deployment({ metadata: { labels: 'app' }, spec: {} })), [
    'Deployment(shop/web) spec.template.metadata.labels: expected a map of keys and values',
  ])
  assert.equal(issuesOf(pod({ namespace: 5 })), ['Pod(5/web) metadata.namespace: expected a text'])
  assert.equal(issuesOf(pod({}, { spec: 'x', status: ['y'] })), [
    'Pod(shop/web) spec: expected a map of keys and values',
    'Pod(shop/web) status: expected a map of keys and values',
  ])
})

test('are taken where null stands for nothing', () => {
  const nothing = pod({ labels: null, annotations: null }, { spec: null, status: null })
  const world = orThrow(compile({ resources: [nothing, deployment({ metadata: null, spec: null })] }))
  assert.is(
    world.verdict({ from: 'shop/web', to: '192.0.2.1', protocol: 'TCP', port: 80 }).decision,
    'allowed',
  )
})

test.run()
