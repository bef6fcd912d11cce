import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { collectionPath, creationPath, groupPath, objectPath, printType } from '../../src/cluster/path.js'
import { calicoPolicies, clusterRoles, configMaps, jobs, namespaces } from './contract-ground.js'

const paths = suite('paths')

paths('are those of the Kubernetes API', () => {
  assert.equal(collectionPath(configMaps, 'shop'), E.right('/api/v1/namespaces/shop/configmaps'))
  assert.equal(collectionPath(jobs), E.right('/apis/batch/v1/jobs'))
  assert.equal(objectPath({ type: namespaces, name: 'shop' }), E.right('/api/v1/namespaces/shop'))
  assert.equal(
    objectPath({ type: calicoPolicies, namespace: 'shop', name: 'default.a' }),
    E.right('/apis/crd.projectcalico.org/v1/namespaces/shop/networkpolicies/default.a'),
  )
  assert.equal(
    objectPath({ type: clusterRoles, name: 'system:basic-user' }),
    E.right('/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Abasic-user'),
  )
  assert.equal(
    [groupPath(''), groupPath('', 'v1'), groupPath('batch'), groupPath('batch', 'v1')].map(
      E.getOrElse(() => ''),
    ),
    ['/api', '/api/v1', '/apis/batch', '/apis/batch/v1'],
  )
  assert.is(printType(jobs), 'jobs.batch')
})

paths('need a namespace where there is one to need', () => {
  assert.ok(E.isLeft(objectPath({ type: configMaps, name: 'a' })))
  assert.ok(E.isLeft(creationPath(configMaps)))
  assert.ok(E.isRight(creationPath(clusterRoles)))
  assert.ok(E.isRight(objectPath({ type: clusterRoles, namespace: 'ignored', name: 'a' })))
})

paths('hold nothing of a name but a name', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (namespace, name) => {
      const path = objectPath({ type: configMaps, namespace, name })
      if (E.isLeft(path)) return
      assert.match(path.right, /^\/api\/v1\/namespaces\/[a-z0-9-]{1,63}\/configmaps\/[a-z0-9.%A-]{1,300}$/)
    }),
  )
})

paths('say what is wrong with a hostile name in bounded time and length', () => {
  for (const name of [
    '-'.repeat(100_000),
    'a'.repeat(254),
    `${'a.'.repeat(126)}!`,
    'a..b',
    '.',
    '..',
    'a/b',
    'a%2Fb',
  ]) {
    const path = objectPath({ type: configMaps, namespace: 'shop', name })
    assert.ok(E.isLeft(path))
    assert.ok(E.isLeft(path) && path.left.length < 200)
    assert.ok(E.isLeft(groupPath(name)))
  }
})

paths.run()
