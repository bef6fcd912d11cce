import * as assert from 'uvu/assert'
import {
  bad,
  configMaps,
  type Fact,
  namespaces,
  object,
  ok,
  pods,
  refOf,
  roleBindings,
  withMeta,
} from '../contract-ground.js'

export const rejectionFacts = (fact: Fact): void => {
  fact('an immutable ConfigMap cannot be changed', async ({ cluster, namespace }) => {
    const fixed = object(configMaps, 'a', namespace, { immutable: true, data: { k: 'v' } })
    const made = ok(await cluster.create(configMaps, fixed)())
    assert.is(bad(await cluster.replace(configMaps, { ...made, data: { k: 'w' } })(), 'Rejected').status, 422)
    assert.is(bad(await cluster.replace(configMaps, { ...made, immutable: false })(), 'Rejected').status, 422)
    ok(await cluster.replace(configMaps, withMeta(made, { labels: { a: 'b' } }))())
  })

  fact('a ConfigMap holds a mebibyte', async ({ cluster, namespace }) => {
    const full = object(configMaps, 'full', namespace, { data: { k: 'x'.repeat(1024 * 1024) } })
    ok(await cluster.create(configMaps, full)())
    const over = object(configMaps, 'over', namespace, { data: { k: 'x'.repeat(1024 * 1024 + 1) } })
    assert.is(bad(await cluster.create(configMaps, over)(), 'Rejected').status, 422)
  })

  fact('a request holds three mebibytes', async ({ cluster, namespace }) => {
    const huge = object(configMaps, 'huge', namespace, { data: { k: 'x'.repeat(3 * 1024 * 1024 + 1) } })
    assert.is(bad(await cluster.create(configMaps, huge)(), 'Rejected').status, 413)
  })

  fact('labels and names are checked', async ({ cluster, namespace }) => {
    const labelled = (labels: Readonly<Record<string, string>>) =>
      cluster.create(configMaps, withMeta(object(configMaps, 'a', namespace), { labels }))()
    for (const labels of [{ a: 'no spaces' }, { 'no spaces': 'a' }, { a: 'x'.repeat(64) }, { 'a/b/c': '' }]) {
      const { status, message } = bad(await labelled(labels), 'Rejected')
      assert.is(status, 422)
      assert.match(message, /metadata\.labels/)
    }
    ok(await labelled({ 'example.com/a': '', A_b: 'x'.repeat(63) }))
    bad(await cluster.create(namespaces, object(namespaces, 'dots.are.not.for.namespaces'))(), 'Rejected')
  })

  fact('names that cannot be names do not get into a path', async ({ cluster, namespace }) => {
    for (const name of ['', '..', 'a/b', 'a%2fb', 'A', '../../secrets', 'a?watch=1', 'é', 'x'.repeat(254)]) {
      const { message } = bad(await cluster.get({ type: configMaps, namespace, name })(), 'Rejected')
      assert.match(message, /nothing was sent/)
      bad(await cluster.get({ type: configMaps, namespace: name, name: 'a' })(), 'Rejected')
    }
    bad(await cluster.get({ type: configMaps, name: 'a' })(), 'Rejected')
    bad(await cluster.create(configMaps, object(configMaps, 'a'))(), 'Rejected')
  })

  fact('the kind of a body must be that of its path', async ({ cluster, namespace }) => {
    bad(await cluster.create(configMaps, object(pods, 'a', namespace))(), 'Rejected')
  })

  fact('what is created has no resourceVersion yet', async ({ cluster, namespace }) => {
    const old = ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    const copy = withMeta(object(configMaps, 'b', namespace), {
      resourceVersion: old.metadata.resourceVersion ?? '',
    })
    bad(await cluster.create(configMaps, copy)(), 'Unanswered')
    bad(await cluster.get(refOf(configMaps, copy))(), 'NotFound')
  })

  fact('the role of a binding cannot be changed', async ({ cluster, namespace }) => {
    const roleRef = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name })
    const made = ok(
      await cluster.create(
        roleBindings,
        object(roleBindings, 'b', namespace, { roleRef: roleRef('a'), subjects: [] }),
      )(),
    )
    assert.is(
      bad(await cluster.replace(roleBindings, { ...made, roleRef: roleRef('b') })(), 'Rejected').status,
      422,
    )
  })
}
