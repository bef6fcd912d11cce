import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import {
  bad,
  clusterRoles,
  configMaps,
  eventually,
  exactly,
  type Fact,
  object,
  ok,
  refOf,
  roleBindings,
  roles,
  serviceAccounts,
  type as typeOf,
  unique,
  type World,
} from '../contract-ground.js'

const reviews = typeOf('authorization.k8s.io', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview', false)

interface Rule {
  readonly apiGroups: ReadonlyArray<string>
  readonly resources: ReadonlyArray<string>
  readonly verbs: ReadonlyArray<string>
  readonly resourceNames?: ReadonlyArray<string>
}

const rule = (
  group: string,
  resource: string,
  verbs: string,
  ...resourceNames: ReadonlyArray<string>
): Rule => ({
  apiGroups: [group],
  resources: [resource],
  verbs: verbs.split(' '),
  ...(resourceNames.length === 0 ? {} : { resourceNames }),
})

const role = (name: string, namespace: string, rules: ReadonlyArray<Rule>): KubeObject =>
  object(roles, name, namespace, { rules })

const binding = (name: string, namespace: string, subject = 'another'): KubeObject =>
  object(roleBindings, name, namespace, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: subject, namespace }],
  })

const may = async (cluster: Cluster, attributes: Readonly<Record<string, string>>): Promise<boolean> => {
  const review = object(reviews, '', undefined, { spec: { resourceAttributes: attributes } })
  const { status } = ok(await cluster.create(reviews, review)())
  return JSON.stringify(status).includes('"allowed":true')
}

/** A service account with these rights in its namespace, and the cluster as it sees it. */
const worker = async ({ cluster, as, namespace }: World, ...rules: ReadonlyArray<Rule>): Promise<Cluster> => {
  ok(await cluster.create(serviceAccounts, object(serviceAccounts, 'worker', namespace))())
  const probe = rule('', 'configmaps', 'get', 'probe')
  ok(await cluster.create(roles, role('worker', namespace, [...rules, probe]))())
  ok(await cluster.create(roleBindings, binding('worker', namespace, 'worker'))())
  const own = as(`system:serviceaccount:${namespace}:worker`)
  await eventually('the rights have arrived', async () =>
    (await may(own, { verb: 'get', resource: 'configmaps', name: 'probe', namespace })) ? true : undefined,
  )
  return own
}

export const rbacFacts = (fact: Fact): void => {
  fact('without a right there is nothing to be had', async ({ as, namespace }) => {
    const stranger = as('stranger')
    const { by, message } = bad(
      await stranger.create(configMaps, object(configMaps, 'a', namespace))(),
      'Forbidden',
    )
    assert.is(by, 'rbac')
    assert.match(
      message,
      /User "stranger" cannot create resource "configmaps" in API group "" in the namespace/,
    )
    bad(await stranger.list(configMaps)(), 'Forbidden')
    bad(await stranger.list(configMaps, { namespace })(), 'Forbidden')
    ok(await stranger.group('batch')())
  })

  fact('rights are by verb, kind, name and namespace', async (world) => {
    const { cluster, namespace } = world
    const own = await worker(
      world,
      rule('', 'configmaps', 'create'),
      rule('', 'configmaps', 'get update delete', 'mine'),
    )
    const mine = ok(await own.create(configMaps, object(configMaps, 'mine', namespace))())
    const other = ok(await own.create(configMaps, object(configMaps, 'other', namespace))())
    ok(await own.get(refOf(configMaps, mine))())
    bad(await own.get(refOf(configMaps, other))(), 'Forbidden')
    bad(await own.remove(refOf(configMaps, other), exactly(other))(), 'Forbidden')
    bad(await own.list(configMaps, { namespace })(), 'Forbidden')
    bad(await own.create(configMaps, object(configMaps, 'mine', 'default'))(), 'Forbidden')
    bad(await own.create(serviceAccounts, object(serviceAccounts, 'a', namespace))(), 'Forbidden')
    const changed = ok(await own.replace(configMaps, { ...mine, data: { k: 'v' } })())
    ok(await own.remove(refOf(configMaps, mine), exactly(changed))())
    ok(await cluster.get(refOf(configMaps, other))())
  })

  fact('an access review says what would be allowed', async (world) => {
    const { namespace, cluster } = world
    const own = await worker(world, rule('batch', 'jobs', 'get list'), rule('', 'pods/log', 'get'))
    assert.ok(await may(own, { verb: 'list', group: 'batch', resource: 'jobs', namespace }))
    assert.ok(await may(own, { verb: 'get', resource: 'pods', subresource: 'log', namespace }))
    assert.not(await may(own, { verb: 'get', resource: 'pods', namespace }))
    assert.not(await may(own, { verb: 'list', group: 'batch', resource: 'jobs' }))
    assert.not(await may(own, { verb: 'delete', group: 'batch', resource: 'jobs', namespace }))
    assert.ok(await may(cluster, { verb: 'delete', group: 'batch', resource: 'jobs' }))
  })

  fact('nobody hands out rights in a role that they do not have', async (world) => {
    const { namespace } = world
    const own = await worker(
      world,
      rule('rbac.authorization.k8s.io', 'roles', 'create update get'),
      rule('', 'configmaps', 'get list', 'a', 'b'),
    )
    ok(await own.create(roles, role('part', namespace, [rule('', 'configmaps', 'get', 'a')]))())
    for (const [name, excess] of Object.entries({
      verb: rule('', 'configmaps', 'get delete', 'a'),
      name: rule('', 'configmaps', 'get', 'a', 'c'),
      all: rule('', 'configmaps', 'get'),
      kind: rule('', 'secrets', 'get', 'a'),
      star: rule('*', '*', '*'),
    })) {
      const refused = bad(await own.create(roles, role(name, namespace, [excess]))(), 'Forbidden')
      assert.is(refused.by, 'escalation', name)
    }
    const part = ok(await own.get({ type: roles, namespace, name: 'part' })())
    const more = { ...part, rules: [rule('', 'secrets', 'get')] }
    assert.is(bad(await own.replace(roles, more)(), 'Forbidden').by, 'escalation')
  })

  fact('nobody binds a role that is more than they have', async (world) => {
    const { cluster, namespace } = world
    const own = await worker(
      world,
      rule('rbac.authorization.k8s.io', 'rolebindings', 'create'),
      rule('', 'configmaps', 'get'),
    )
    ok(await cluster.create(roles, role('little', namespace, [rule('', 'configmaps', 'get')]))())
    ok(await cluster.create(roles, role('much', namespace, [rule('', 'secrets', 'get')]))())
    ok(await own.create(roleBindings, binding('little', namespace))())
    const refused = bad(await own.create(roleBindings, binding('much', namespace))(), 'Forbidden')
    assert.is(refused.by, 'escalation')
    assert.is(bad(await own.create(roleBindings, binding('none', namespace))(), 'NotFound').missing, 'object')
  })

  fact('the verbs escalate and bind lift that', async (world) => {
    const { cluster, namespace } = world
    const group = 'rbac.authorization.k8s.io'
    const own = await worker(
      world,
      rule(group, 'roles', 'create escalate'),
      rule(group, 'rolebindings', 'create'),
      rule(group, 'roles', 'bind', 'much'),
    )
    ok(await own.create(roles, role('much', namespace, [rule('', 'secrets', 'get')]))())
    ok(await own.create(roles, role('other', namespace, [rule('', 'secrets', 'get')]))())
    ok(await own.create(roleBindings, binding('much', namespace))())
    bad(await own.create(roleBindings, binding('other', namespace))(), 'Forbidden')
    const wide = object(clusterRoles, unique('contract'), undefined, { rules: [] })
    bad(await own.create(clusterRoles, wide)(), 'Forbidden')
    ok(await cluster.get({ type: roleBindings, namespace, name: 'much' })())
  })
}
