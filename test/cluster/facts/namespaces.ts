import * as assert from 'uvu/assert'
import {
  bad,
  configMaps,
  eventually,
  exactly,
  type Fact,
  gone,
  namespaces,
  object,
  ok,
  refOf,
  serviceAccounts,
  withMeta,
} from '../contract-ground.js'

export const namespaceFacts = (fact: Fact): void => {
  fact('a namespace goes with all that is in it', async ({ cluster, namespace }) => {
    ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    const ref = { type: namespaces, name: namespace }
    ok(await cluster.remove(ref, exactly(ok(await cluster.get(ref)())))())
    await gone(cluster, ref)
    bad(await cluster.get({ type: configMaps, namespace, name: 'a' })(), 'NotFound')
    const refused = await cluster.create(configMaps, object(configMaps, 'b', namespace))()
    assert.is(bad(refused, 'NotFound').missing, 'namespace')
  })

  fact(
    'a namespace that is being deleted takes nothing in, and waits for finalizers',
    async ({ cluster, namespace }) => {
      const held = withMeta(object(configMaps, 'held', namespace), { finalizers: ['contract.test/hold'] })
      ok(await cluster.create(configMaps, held)())
      const ref = { type: namespaces, name: namespace }
      ok(await cluster.remove(ref, exactly(ok(await cluster.get(ref)())))())
      await gone(cluster, { type: serviceAccounts, namespace, name: 'default' })

      assert.is(
        bad(await cluster.create(configMaps, object(configMaps, 'b', namespace))(), 'Forbidden').by,
        'terminating',
      )
      const dying = await eventually('the namespace tells what holds it', async () => {
        const now = ok(await cluster.get(ref)())
        return JSON.stringify(now.status).includes('contract.test/hold') ? now : undefined
      })
      assert.match(JSON.stringify(dying.status), /"phase":"Terminating"/)
      ok(await cluster.remove(ref, exactly(dying))())

      const { finalizers: _, ...metadata } = ok(await cluster.get(refOf(configMaps, held))()).metadata
      ok(await cluster.replace(configMaps, { ...held, metadata })())
      await gone(cluster, ref)
    },
  )

  fact('a new namespace is furnished', async ({ cluster, namespace }) => {
    const labels = ok(await cluster.get({ type: namespaces, name: namespace })()).metadata.labels
    assert.is(labels?.['kubernetes.io/metadata.name'], namespace)
    await eventually('it has the certificate of the cluster', async () => {
      const { items } = ok(await cluster.list(configMaps, { namespace })())
      return items.some(({ metadata }) => metadata.name === 'kube-root-ca.crt') ? true : undefined
    })
  })
}
