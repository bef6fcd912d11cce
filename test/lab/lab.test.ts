// @alone
import { isRight } from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { becomes } from './becomes.js'
import type { Output } from './command.js'
import { releaseOf } from './kubernetes.js'
import { type Answer, type Lab, labOrReason, labTests, type Pod, type Target, to } from './lab.js'

const tests = suite('the lab')
const onLab = await labTests(tests)
const namespace = `lab-test-${process.pid}`

const succeeds = async (result: Promise<Output>): Promise<string> => {
  const { code, stdout, stderr } = await result
  assert.is(code, 0, stderr)
  return stdout
}

const answer = async (lab: Lab, from: Pod, target: Target): Promise<Answer | undefined> =>
  (await lab.probe(from, target))[0]

const secured = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 65534,
  seccompProfile: { type: 'RuntimeDefault' },
}

const job = (name: string, version: string, args: ReadonlyArray<string>) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace },
  spec: {
    backoffLimit: 0,
    ttlSecondsAfterFinished: 3,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'calicoctl',
            image: `calico/ctl:${version}`,
            command: ['/usr/bin/calicoctl', ...args],
            env: [{ name: 'DATASTORE_TYPE', value: 'kubernetes' }],
            securityContext: secured,
          },
        ],
      },
    },
  },
})

const reader = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: namespace },
    rules: [
      { apiGroups: ['crd.projectcalico.org'], resources: ['clusterinformations'], verbs: ['get', 'list'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: namespace },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
  },
]

const create = (lab: Lab, ...items: ReadonlyArray<unknown>) =>
  succeeds(lab.kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items })))

/** What a Job's pod printed, once it has ended. */
const logOf = async (lab: Lab, name: string, end: 'complete' | 'failed'): Promise<string> => {
  const of = ['--namespace', namespace, `job/${name}`]
  await succeeds(lab.kubectl(['wait', `--for=condition=${end}`, '--timeout=120s', ...of]))
  return succeeds(lab.kubectl(['logs', ...of]))
}

let client: Pod
let server: Pod
let cleanUp = async (): Promise<void> => {}

onLab('starts pods in a namespace that enforces the restricted profile', async (lab) => {
  cleanUp = async () => {
    const all = `namespace/${namespace} clusterrole/${namespace} clusterrolebinding/${namespace}`.split(' ')
    await lab.calicoctl(['delete', '--skip-not-exists', 'globalnetworkpolicy', namespace])
    await succeeds(lab.kubectl(['delete', '--ignore-not-found', ...all]))
  }
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await create(lab, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }, ...reader)
  const pods = await lab.pods([
    { namespace, name: 'client' },
    { namespace, name: 'server', labels: { role: 'server' }, serves: ['tcp/80', 'udp/53'] },
  ])
  const [first, second] = pods
  assert.ok(first && second)
  client = first
  server = second
})

onLab('has one node, ready', async (lab) => {
  const nodes = await succeeds(lab.kubectl(['get', 'nodes', '--no-headers']))
  assert.match(nodes, /^lab +Ready /)
  assert.ok(nodes.endsWith(` v${releaseOf(lab.kubernetes).version}\n`), nodes)
})

onLab('has a Felix that is ready', async (lab) => {
  assert.is((await fetch(`http://${lab.node}:9099/readiness`)).status, 200)
})

onLab('is shared by whoever brings it up again', async (lab) => {
  const again = await labOrReason()
  assert.ok(isRight(again))
  assert.is(again.right.kubeconfig, lab.kubeconfig)
  assert.match(await succeeds(lab.kubectl(['get', 'namespace', namespace])), 'Active')
})

onLab('tells reachable from refused, by TCP and UDP', async (lab) => {
  const targets = [to(server, 'tcp/80'), to(server, 'udp/53'), to(server, 'tcp/81'), to(server, 'udp/54')]
  const expected = ['reachable', 'reachable', 'refused', 'refused']
  assert.equal(await lab.probe(client, ...targets), expected)
  assert.equal(await lab.probe('node', ...targets), expected)
})

onLab('lets pods reach the API server by its service', async (lab) => {
  assert.is(await answer(lab, client, 'tcp/10.96.0.1:443'), 'reachable')
})

onLab('runs calicoctl on the machine, of the same version as the cluster', async (lab) => {
  const versions = await succeeds(lab.calicoctl(['version']))
  assert.match(versions, /Client Version: +v3\.28\.5/)
  assert.match(versions, /Cluster Version: +v3\.28\.5/)
})

onLab('runs calicoctl in a pod, with the rights of its service account', async (lab) => {
  await create(lab, job('same-version', 'v3.28.5', ['get', 'clusterinformation', '-o', 'json']))
  assert.match(await logOf(lab, 'same-version', 'complete'), '"calicoVersion": "v3.28.5"')
})

onLab('has a calicoctl that does not fit the cluster', async (lab) => {
  await create(lab, job('other-version', 'v3.28.4', ['get', 'clusterinformation']))
  assert.match(await logOf(lab, 'other-version', 'failed'), 'Version mismatch')
})

onLab('removes Jobs when their time to live is over', async (lab) => {
  await becomes(
    () => succeeds(lab.kubectl(['get', 'jobs,pods', '-l', 'job-name', '-o', 'name', '-n', namespace])),
    '',
  )
})

onLab('drops what a policy denies, until the policy is deleted', async (lab) => {
  const selector = `projectcalico.org/namespace == '${namespace}' && role == 'server'`
  const spec = { selector, order: 1, types: ['Ingress'], ingress: [{ action: 'Deny', protocol: 'TCP' }] }
  const metadata = { name: namespace }
  const policy = { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata, spec }
  await succeeds(lab.calicoctl(['apply', '-f', '-'], JSON.stringify(policy)))
  await becomes(() => answer(lab, client, to(server, 'tcp/80')), 'timed out')
  await succeeds(lab.calicoctl(['delete', 'globalnetworkpolicy', namespace]))
  await becomes(() => answer(lab, client, to(server, 'tcp/80')), 'reachable')
})

tests.after(() => cleanUp())
tests.run()
