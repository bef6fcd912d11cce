// @lab
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { becomes } from './becomes.js'
import { type Clients, clientsOf } from './clients.js'
import { clear } from './down.js'
import { labTests } from './lab.js'
import { placeOf } from './place.js'
import { up } from './up.js'

/** What Calico 3.32.1 was seen to store and to refuse in native mode, when Kubernetes' API is written to. */
const tests = suite('a lab in native mode')
const onLab = await labTests(tests)
const place = placeOf({
  ...process.env,
  TYPED_CALICO_LAB: `native-test-${process.pid}`,
  TYPED_CALICO_KUBERNETES: undefined,
})
let starting: Promise<Clients> | undefined

const onNative = (fact: string, test: (clients: Clients) => Promise<void>): void =>
  onLab(fact, async () => {
    starting ??= up(place, 'native').then((record) => clientsOf(place, record))
    await test(await starting)
  })

const manifest = (kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name }, spec })

const create = ({ kubectl }: Clients, text: string) => kubectl(['create', '-o', 'json', '-f', '-'], text)

const created = async (clients: Clients, kind: string, name: string, spec: object) => {
  const { code, stdout, stderr } = await create(clients, manifest(kind, name, spec))
  assert.is(code, 0, stderr)
  return JSON.parse(stdout)
}

const all = { selector: 'all()' }
const rules = [{ action: 'Allow' }]
const pool = { cidr: '203.0.113.0/24', disabled: true }
const kubernetes = { podSelector: {} }

/** The kind, what is sent as spec, and what the cluster adds to it. */
const added: ReadonlyArray<readonly [kind: string, sent: object, adds: object]> = [
  ['Tier', { order: 200 }, { defaultAction: 'Deny' }],
  ['IPPool', pool, { assignmentMode: 'Automatic' }],
  ['NetworkPolicy', {}, { tier: 'default', types: ['Ingress'] }],
  ['NetworkPolicy', { egress: [] }, { tier: 'default', types: ['Egress'] }],
  ['NetworkPolicy', { ingress: [], egress: rules }, { tier: 'default', types: ['Ingress', 'Egress'] }],
  ['NetworkPolicy', { types: ['Egress', 'Ingress'], ingress: rules }, { tier: 'default' }],
  ['StagedNetworkPolicy', all, { tier: 'default', types: ['Ingress'], stagedAction: 'Set' }],
  ['StagedGlobalNetworkPolicy', all, { tier: 'default', types: ['Ingress'], stagedAction: 'Set' }],
  ['StagedKubernetesNetworkPolicy', kubernetes, { policyTypes: ['Ingress'], stagedAction: 'Set' }],
  [
    'StagedKubernetesNetworkPolicy',
    { ...kubernetes, egress: [{}] },
    { policyTypes: ['Ingress', 'Egress'], stagedAction: 'Set' },
  ],
  ['FelixConfiguration', {}, { nftablesMode: 'Auto' }],
  ['BGPConfiguration', {}, { logSeverityScreen: 'Info', serviceLoadBalancerAggregation: 'Enabled' }],
  ['KubeControllersConfiguration', { controllers: {} }, { healthChecks: 'Enabled' }],
]

for (const [index, [kind, sent, adds]] of added.entries()) {
  onNative(`stores ${Object.keys(adds).join(', ')} with ${kind} ${JSON.stringify(sent)}`, async (clients) => {
    const { metadata, spec } = await created(clients, kind, `added-${index}`, sent)
    assert.equal(spec, { ...sent, ...adds })
    assert.is(metadata.labels?.['projectcalico.org/tier'], 'tier' in adds ? adds.tier : undefined)
  })
}

const refused: ReadonlyArray<readonly [kind: string, spec: object, why: string]> = [
  ['NetworkPolicy', { types: [] }, 'spec.types in body should have at least 1 items'],
  ['NetworkPolicy', { tier: 'nosuch' }, 'denied the request: Tier "nosuch" does not exist'],
  ['NetworkPolicy', { ingress: [{ action: 'allow' }] }, 'Unsupported value: "allow"'],
  ['GlobalNetworkPolicy', { preDNAT: true }, 'applyOnForward must be true'],
  ['IPPool', { ...pool, ipipMode: 'Always', vxlanMode: 'Always' }, 'cannot both be enabled'],
]

for (const [kind, spec, why] of refused) {
  onNative(`refuses ${kind} ${JSON.stringify(spec)}`, async (clients) => {
    const { code, stderr } = await create(clients, manifest(kind, 'refused', spec))
    assert.is(code, 1)
    assert.match(stderr, why)
  })
}

onNative('keeps its built-in tiers', async ({ kubectl }) => {
  const { stderr } = await kubectl(['delete', 'tier', 'kube-admin'])
  assert.match(stderr, 'The built-in tier kube-admin cannot be deleted')
})

onNative('keeps a tier that is deleted as long as it has policies, and says how many', async (clients) => {
  const { kubectl } = clients
  const read = async (field: string) =>
    (await kubectl(['get', 'tier', 'busy', '--ignore-not-found', '-o', `jsonpath=${field}`])).stdout
  await created(clients, 'Tier', 'busy', {})
  await becomes(() => read('{.metadata.finalizers[*]}'), 'projectcalico.org/tier-controller')
  await created(clients, 'GlobalNetworkPolicy', 'busy', { tier: 'busy' })
  await kubectl(['delete', 'tier', 'busy', '--wait=false'])
  const told = 'Waiting for policies to be removed: 1 GlobalNetworkPolicy'
  await becomes(() => read('{.status.conditions[*].message}'), told)
  await kubectl(['delete', 'globalnetworkpolicy', 'busy'])
  await becomes(() => read('{.metadata.name}'), '')
})

onNative('tells in the status of each pool whether addresses come from it', async (clients) => {
  const { kubectl } = clients
  const reason = (name: string) => async () =>
    (await kubectl(['get', 'ippool', name, '-o', 'jsonpath={.status.conditions[*].reason}'])).stdout
  await created(clients, 'IPPool', 'off', pool)
  await created(clients, 'IPPool', 'on', { ...pool, disabled: false })
  await becomes(reason('off'), 'PoolDisabled')
  await becomes(reason('on'), 'OK')
  await created(clients, 'IPPool', 'again', { cidr: '203.0.113.0/28' })
  await becomes(reason('again'), 'CIDROverlap')
  assert.is((await kubectl(['delete', 'ippool', 'on', 'off', 'again'])).code, 0)
})

tests.after(async () => {
  await clear(place)
  await rm(place.folder, { recursive: true, force: true })
})
tests.run()
