import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clusterRoleBindings, clusterRoles } from '../../../src/cluster/resource-types.js'
import { ownerLabel } from '../../../src/runner/state/owner-labels.js'
import { calicoctl } from '../../../src/testing/index.js'
import { listAll } from '../../runner/observe.js'
import { type ServedWorkshop, servedWorkshop } from '../workshop.js'
import { denyModule, webYaml } from './shop.js'

const cluster = suite('typed-calico on a cluster')
const files = { 'web.yaml': webYaml, 'deny.ts': denyModule }

const withWorkshop = (fact: string, test: (place: ServedWorkshop) => Promise<void>): void =>
  cluster(fact, async () => {
    const place = await servedWorkshop(files)
    try {
      await test(place)
    } finally {
      await place.close()
    }
  })

const objectsOf = ({ cluster }: ServedWorkshop): Promise<ReadonlyArray<string>> =>
  listAll(cluster, `${ownerLabel}=shop`)

/** Gives the user `reader` these rights. */
const grant = async ({ cluster }: ServedWorkshop, rules: ReadonlyArray<object>): Promise<void> => {
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'reader' } }
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' }
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }]
  await cluster.create(clusterRoles, { ...rbac, kind: 'ClusterRole', rules })()
  await cluster.create(clusterRoleBindings, { ...rbac, kind: 'ClusterRoleBinding', roleRef, subjects })()
}

withWorkshop('plans, applies, tells the status and cleans up', async (place) => {
  const plan = await place.call(['plan', 'web.yaml', 'deny.ts'])
  assert.equal(plan.stdout.split('\n').slice(0, 3), [
    '+ create    NetworkPolicy(shop/web)',
    '+ create    GlobalNetworkPolicy(deny)',
    'By a pod of docker.io/calico/ctl:v3.28.5, which may:',
  ])
  assert.is(plan.code, 2)
  assert.equal(await objectsOf(place), [])

  const apply = await place.call(['apply', 'web.yaml', 'deny.ts'])
  assert.is(apply.stdout, 'created   NetworkPolicy(shop/web)\ncreated   GlobalNetworkPolicy(deny)\n')
  assert.match(
    apply.stderr,
    /^On context staging \(http:\/\/127\.0\.0\.1:\d+\), namespace shop, as owner shop\n/,
  )
  assert.match(apply.stderr, /^ +\d\.\d s {2}run calicoctl$/m)
  assert.match(apply.stderr, /^2 created, on Calico 3\.28\.5, in \d+\.\d s$/m)
  assert.is(apply.code, 0)

  assert.is((await place.call(['plan', 'web.yaml', 'deny.ts'])).code, 0)
  const status = await place.call(['status'])
  assert.is(status.stdout, 'applied   NetworkPolicy(shop/web)\napplied   GlobalNetworkPolicy(deny)\n')

  const cleanup = await place.call(['cleanup'])
  assert.equal(
    [cleanup.code, cleanup.stdout.split('\n').sort()],
    [0, ['', 'removed   GlobalNetworkPolicy(deny)', 'removed   NetworkPolicy(shop/web)']],
  )
  assert.equal(await objectsOf(place), [])
})

withWorkshop('says what opens and closes, and refuses it when told', async (place) => {
  const plan = await place.call(['plan', 'deny.ts', '--connectivity'])
  assert.match(plan.stdout, /^Opens and closes: nothing$/m)
  assert.is(plan.code, 2)
  const refused = await place.call(['apply', '--yes', '--refuse', 'opens', '--refuse', 'close', 'deny.ts'])
  assert.match(refused.stderr, /Allowed choices are opens, closes, unknown/)
  assert.is(refused.code, 64)
  const json = await place.call(['plan', '--refuse', 'opens', '--output', 'json', 'deny.ts'])
  assert.equal(JSON.parse(json.stdout).connectivity, { changes: [], services: [], unread: [], refused: [] })
})

withWorkshop('names the fields that an update changes, with their values', async (place) => {
  await place.call(['apply', 'deny.ts'])
  place.write(
    'deny.ts',
    denyModule.replace('900', '901').replace('.denyIngress()', '.denyIngress().labels({ a: "b" })'),
  )
  const { code, stdout } = await place.call(['plan', 'deny.ts'])
  assert.equal(stdout.split('\n').slice(0, 3).sort(), [
    '    + metadata.labels.a: "b"',
    '    ~ spec.order: 900 → 901',
    '~ update    GlobalNetworkPolicy(deny)',
  ])
  assert.is(code, 2)
})

withWorkshop('deletes with --prune what the inputs no longer hold', async (place) => {
  await place.call(['apply', 'web.yaml', 'deny.ts'])
  const { stdout } = await place.call(['apply', 'web.yaml', '--prune'])
  assert.equal(stdout.split('\n').sort(), [
    '',
    'deleted   GlobalNetworkPolicy(deny)',
    'unchanged NetworkPolicy(shop/web)',
  ])
})

withWorkshop("refuses what is another owner's, until told to adopt it", async (place) => {
  await place.call(['apply', 'web.yaml', '--owner', 'other'])
  const plan = await place.call(['plan', 'web.yaml'])
  assert.equal([plan.code, plan.stdout.slice(0, 11)], [1, '! conflict '])
  const refused = await place.call(['apply', 'web.yaml', '--output', 'json'])
  assert.is(refused.code, 1)
  assert.is(JSON.parse(refused.stdout).failure._tag, 'Foreign')
  assert.match(refused.stderr, /^Foreign: not this owner's: NetworkPolicy\(shop\/web\)/m)
  assert.is((await place.call(['apply', 'web.yaml', '--adopt'])).code, 0)
  assert.equal((await objectsOf(place)).length, 1)
})

withWorkshop('prints reports as JSON and nothing else to stdout', async (place) => {
  const plan = JSON.parse((await place.call(['plan', 'web.yaml', '--output', 'json'])).stdout)
  assert.equal([plan.changes, plan.items[0].action], [true, 'create'])
  const apply = JSON.parse((await place.call(['apply', 'web.yaml', '--output', 'json'])).stdout)
  assert.equal(
    [apply.owner, apply.items],
    ['shop', [{ name: 'NetworkPolicy(shop/web)', outcome: 'created' }]],
  )
  const status = JSON.parse((await place.call(['status', '--output', 'json'])).stdout)
  assert.equal(status.resources, [{ name: 'NetworkPolicy(shop/web)', drifted: false }])
  const cleanup = JSON.parse((await place.call(['cleanup', '--output', 'json'])).stdout)
  assert.equal(cleanup.removed, ['NetworkPolicy(shop/web)'])
})

withWorkshop('removes what the run made when it is interrupted, and says so', async (place) => {
  let interrupted = false
  const { code, stderr } = await place.call(['apply', 'web.yaml', '--image', 'no-such.test/ctl:1'], {
    onStderr: (text, kill) => {
      if (interrupted || !text.includes('pod: ')) return
      interrupted = true
      kill('SIGINT')
    },
  })
  assert.is(code, 130)
  assert.match(stderr, 'Interrupted: removing what the run made. Interrupt again to stop at once.')
  assert.match(stderr, /^ {2}Of the run itself, removed: .*Job\(shop\/typed-calico-/m)
  assert.equal(await objectsOf(place), [])
})

withWorkshop('explains an image that cannot be pulled, with the events of the pod', async (place) => {
  place.write('runner.yaml', 'image: { name: "no-such.test/ctl:1" }\npatienceMs: 500\n')
  const { code, stdout, stderr } = await place.call(['apply', 'web.yaml', '--settings', 'runner.yaml'])
  assert.equal([code, stdout.slice(0, 33)], [1, 'failed    NetworkPolicy(shop/web)'])
  assert.match(stderr, /^PodFailed: .*ImagePullBackOff/m)
  assert.match(stderr, /^ {2}Events of the pod:\n {4}\S/m)
})

cluster('warns of a calicoctl that failed where all is as it should be', async () => {
  const real = calicoctl()
  const place = await servedWorkshop(files, {
    programs: { 'calico/ctl': async (run) => ({ ...(await real(run)), exitCode: 1 }) },
  })
  try {
    const { code, stdout, stderr } = await place.call(['apply', 'web.yaml'])
    assert.equal([code, stdout], [0, 'created   NetworkPolicy(shop/web)\n'])
    assert.match(stderr, /^Warning: calicoctl ended with exit code 1, but every item is as it should be;/m)
  } finally {
    await place.close()
  }
})

withWorkshop('writes by the transport that is asked for', async (place) => {
  const tagOf = async (...args: ReadonlyArray<string>) => {
    const { code, stderr } = await place.call(['apply', 'web.yaml', '--yes', ...args])
    return [code, ...(/^(?:\w+: .*|.*--calicoctl works only with.*)$/m.exec(stderr) ?? [])].join(' ')
  }
  const none = 'NoCalicoctl: calicoctl cannot be run as "./none": there is no such program'
  assert.is(await tagOf('--calicoctl', './none'), `1 ${none}`)
  place.write('runner.yaml', 'transport: { calicoctl: ./none }\n')
  assert.is(await tagOf('--settings', 'runner.yaml'), `1 ${none}`)
  assert.match(
    await tagOf('--settings', 'runner.yaml', '--transport', 'api'),
    /^64 BadOption: .* serve projectcalico/,
  )
  assert.match(
    await tagOf('--transport', 'pod', '--calicoctl', './none'),
    /^64 .*--calicoctl works only with --transport local/,
  )
  place.write('runner.yaml', 'transport: ssh\n')
  const { code, stderr } = await place.call(['plan', 'web.yaml', '--settings', 'runner.yaml'])
  assert.is(code, 1)
  assert.match(stderr, 'transport')
})

withWorkshop('needs no rights to clean up what the transport does not leave, and says so', async (place) => {
  await place.call(['apply', 'deny.ts'])
  await grant(place, [{ apiGroups: ['crd.projectcalico.org'], resources: ['*'], verbs: ['*'] }])
  const env = { KUBECONFIG: place.reader }
  const unsearched = /^Not searched, for lack of permission: clusterrolebindings, .*, jobs in shop, /m
  for (const args of [
    ['--transport', 'api'],
    ['--calicoctl', './none'],
  ]) {
    const status = await place.call(['status', ...args], { env })
    assert.equal([status.code, status.stdout], [0, 'applied   GlobalNetworkPolicy(deny)\n'])
    assert.match(status.stderr, unsearched)
  }
  assert.match((await place.call(['status'], { env })).stdout, /^not read {2}jobs in shop: /m)
  const account = await place.call(['cleanup', '--service-account', 'calicoctl'], { env })
  assert.is(account.code, 1)
  assert.match(account.stderr, /^CleanupIncomplete: 4 could not be removed: jobs in shop: /m)
  const cleanup = await place.call(['cleanup', '--transport', 'api'], { env })
  assert.is(cleanup.code, 0)
  assert.match(cleanup.stderr, unsearched)
})

withWorkshop('takes settings from a file, and options before them', async (place) => {
  place.write(
    'runner.json',
    '{ "owner": "file", "namespace": "default", "rbac": { "serviceAccount": "calicoctl" } }',
  )
  const env = { TYPED_CALICO_OWNER: '' }
  const { code, stderr } = await place.call(['plan', 'web.yaml', '--settings', 'runner.json', '-n', 'shop'], {
    env,
  })
  assert.match(stderr, 'namespace shop, as owner file')
  assert.is(code, 2)
  place.write('runner.json', '{\n  "rbac": { "serviceacount": "a" },\n  "lockout": "ask"\n}')
  const broken = await place.call(['plan', 'web.yaml', '--settings', 'runner.json'])
  assert.is(broken.code, 1)
  assert.match(broken.stderr, 'runner.json:3:14 · lockout: ')
})

withWorkshop('asks for an owner, and refuses one that cannot be', async (place) => {
  const [none, bad] = await Promise.all([
    place.call(['status'], { env: { TYPED_CALICO_OWNER: '' } }),
    place.call(['status', '--owner', 'Not Mine']),
  ])
  assert.equal([none?.code, bad?.code], [64, 64])
  assert.match(none?.stderr ?? '', 'BadUsage: --owner is required')
})

withWorkshop('prints the role that an administrator has to grant', async (place) => {
  await grant(place, [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }])
  const { code, stderr } = await place.call(['apply', 'web.yaml'], { env: { KUBECONFIG: place.reader } })
  assert.is(code, 1)
  assert.match(stderr, /^MissingPermissions: /m)
  assert.match(stderr, /^ {2}An administrator can grant it:\n {4}apiVersion: rbac/m)
})

cluster.run()
