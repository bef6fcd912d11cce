import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import {
  bad,
  calicoPolicies,
  configMaps,
  eventually,
  exactly,
  type Fact,
  namespaces,
  object,
  ok,
  pods,
  refOf,
  type World,
  withMeta,
} from '../contract-ground.js'

const no = '00000000-0000-4000-8000-000000000000'

/** What the API server says: programs that run in pods show it to their users, calicoctl among them. */
export const wordFacts = (fact: Fact): void => {
  fact(
    'what is missing or there already is named in the words of Kubernetes',
    async ({ cluster, namespace }) => {
      const says = (result: Parameters<typeof bad>[0], tag: Parameters<typeof bad>[1], words: string): void =>
        assert.ok(bad(result, tag).message.endsWith(`: ${words}`), bad(result, tag).message)
      const a = object(configMaps, 'a', namespace)
      says(await cluster.get(refOf(configMaps, a))(), 'NotFound', 'configmaps "a" not found')
      ok(await cluster.create(configMaps, a)())
      says(await cluster.create(configMaps, a)(), 'AlreadyExists', 'configmaps "a" already exists')
      const policy = object(calicoPolicies, 'default.a', namespace, { spec: {} })
      const resource = 'networkpolicies.crd.projectcalico.org "default.a"'
      says(await cluster.get(refOf(calicoPolicies, policy))(), 'NotFound', `${resource} not found`)
      ok(await cluster.create(calicoPolicies, policy)())
      says(await cluster.create(calicoPolicies, policy)(), 'AlreadyExists', `${resource} already exists`)
      const homeless = object(calicoPolicies, 'default.a', 'no-such-namespace', { spec: {} })
      says(
        await cluster.create(calicoPolicies, homeless)(),
        'NotFound',
        'namespaces "no-such-namespace" not found',
      )
    },
  )

  fact('conflicts are told in the words of Kubernetes', async ({ cluster, namespace }) => {
    const old = ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    const now = ok(await cluster.replace(configMaps, { ...old, data: { k: 'v' } })())
    const cannot = 'Operation cannot be fulfilled on configmaps "a": '
    const stale = bad(await cluster.replace(configMaps, { ...old, data: { k: 'w' } })(), 'Conflict')
    const again =
      'the object has been modified; please apply your changes to the latest version and try again'
    assert.ok(stale.message.endsWith(`${cannot}${again}`), stale.message)
    const other = bad(await cluster.replace(configMaps, withMeta(now, { uid: no }))(), 'Conflict')
    const uids = `UID in precondition: ${no}, UID in object meta: ${now.metadata.uid}`
    const key = `/registry/configmaps/${namespace}/a`
    const storage = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${uids}`
    assert.ok(other.message.endsWith(`${cannot}${storage}`), other.message)
    const ref = refOf(configMaps, now)
    const wrongUid = bad(await cluster.remove(ref, { ...exactly(now), uid: no })(), 'Conflict')
    const kind = 'Operation cannot be fulfilled on ConfigMap "a": '
    const recreated = `the UID in the precondition (${no}) does not match the UID in record (${now.metadata.uid}). The object might have been deleted and then recreated`
    assert.ok(wrongUid.message.endsWith(`${kind}${recreated}`), wrongUid.message)
    const wrongVersion = bad(
      await cluster.remove(ref, { ...exactly(now), resourceVersion: '1' })(),
      'Conflict',
    )
    const versions = `the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${now.metadata.resourceVersion}). The object might have been modified`
    assert.ok(wrongVersion.message.endsWith(`${kind}${versions}`), wrongVersion.message)
  })

  fact('a missing right is told in the words of Kubernetes', async ({ as, namespace }) => {
    const stranger = as('stranger')
    const says = (result: Parameters<typeof bad>[0], words: string): void =>
      assert.ok(bad(result, 'Forbidden').message.endsWith(`: ${words}`), bad(result, 'Forbidden').message)
    says(
      await stranger.create(calicoPolicies, object(calicoPolicies, 'default.a', namespace))(),
      `networkpolicies.crd.projectcalico.org is forbidden: User "stranger" cannot create resource "networkpolicies" in API group "crd.projectcalico.org" in the namespace "${namespace}"`,
    )
    says(
      await stranger.get({ type: configMaps, namespace, name: 'a' })(),
      `configmaps "a" is forbidden: User "stranger" cannot get resource "configmaps" in API group "" in the namespace "${namespace}"`,
    )
    says(
      await stranger.list(namespaces)(),
      'namespaces is forbidden: User "stranger" cannot list resource "namespaces" in API group "" at the cluster scope',
    )
    says(
      await stranger.get({ type: namespaces, name: namespace })(),
      `namespaces "${namespace}" is forbidden: User "stranger" cannot get resource "namespaces" in API group "" in the namespace "${namespace}"`,
    )
  })

  const pod = (world: World, securityContext: object, fields: object = {}, port: object = {}) =>
    object(pods, 'plain', world.namespace, {
      spec: {
        ...fields,
        containers: [
          { name: 'main', image: world.busybox, securityContext, ports: [{ containerPort: 80, ...port }] },
        ],
      },
    })

  const violating = async (world: World, level: string, plain: KubeObject): Promise<string> => {
    const { cluster, namespace } = world
    const home = ok(await cluster.get({ type: namespaces, name: namespace })())
    const labels = { ...home.metadata.labels, 'pod-security.kubernetes.io/enforce': level }
    ok(await cluster.replace(namespaces, withMeta(home, { labels }))())
    return eventually('it is in force', async () => {
      const result = await cluster.create(pods, plain, { dryRun: true })()
      return result._tag === 'Left' ? bad(result, 'Forbidden').message.replace(/^.*?: /, '') : undefined
    })
  }

  fact('what Pod Security does not let in is told in its words', async (world) => {
    assert.is(
      await violating(
        world,
        'restricted',
        pod(world, { runAsUser: 0, capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
      ),
      [
        'pods "plain" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false)',
        'unrestricted capabilities (container "main" must not include "CHOWN" in securityContext.capabilities.add)',
        'runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true)',
        'runAsUser=0 (container "main" must not set runAsUser=0)',
        'seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ].join(', '),
    )
  })

  fact('what the baseline lets in neither is told with it', async (world) => {
    const fields = {
      hostNetwork: true,
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
      securityContext: { runAsUser: 0 },
    }
    const context = {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      seccompProfile: { type: 'Unconfined' },
    }
    assert.is(
      await violating(world, 'restricted', pod(world, context, fields)),
      [
        'pods "plain" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)',
        'hostPort (container "main" uses hostPort 80)',
        'unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"])',
        'restricted volume types (volume "root" uses restricted volume type "hostPath")',
        'runAsUser=0 (pod must not set runAsUser=0)',
        'seccompProfile (container "main" must not set securityContext.seccompProfile.type to "Unconfined")',
      ].join(', '),
    )
  })

  fact('what even the baseline does not let in is told in its words', async (world) => {
    const fields = { hostNetwork: true, hostPID: true, volumes: [{ name: 'root', hostPath: { path: '/' } }] }
    assert.is(
      await violating(world, 'baseline', pod(world, { privileged: true }, fields, { hostPort: 80 })),
      [
        'pods "plain" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true, hostPID=true)',
        'hostPath volumes (volume "root")',
        'hostPort (container "main" uses hostPort 80)',
        'privileged (container "main" must not set securityContext.privileged=true)',
      ].join(', '),
    )
  })
}
