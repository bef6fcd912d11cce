// @lab
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { networkPolicy } from '../../../src/build/network-policy.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { toManifestWork } from '../../../src/fleet/ocm/manifest-work.js'
import { toManifestWorkReplicaSet } from '../../../src/fleet/ocm/replica-set.js'
import { becomes } from '../../lab/becomes.js'
import { type Lab, labOrReason, labTests } from '../../lab/lab.js'
import { served } from '../served.js'
import { misspelt } from '../strict.js'
import { specOf } from './work-agent.js'

const working = suite('what Open Cluster Management takes, on the lab')
const onLab = await labTests(working)

const name = `work-${process.pid}`
const policies = (namespace: string) => [
  globalNetworkPolicy(name).selector(`run == '${name}'`).denyIngress(),
  networkPolicy('web', namespace).selector(`run == '${name}'`).allowEgress(),
]

onLab('the definitions take works and sets of works, and refuse them with a field misspelt', async (lab) => {
  const definitions = ['manifest-work', 'manifest-work-replica-set']
  await served(lab, definitions, async ({ namespace, create }) => {
    const content = { name, calico: '3.28.5', carry: 'job', owner: 'fleet' } as const
    const rollout = { type: 'Progressive', maxConcurrency: '10%', minSuccessTime: '5m' } as const
    const set = { hubNamespace: namespace, placements: [{ name: 'live', rollout }] }
    const made = [
      ...orThrow(toManifestWork(policies('shop'), { ...content, cluster: namespace })),
      ...orThrow(
        toManifestWork(policies('shop'), {
          ...content,
          name: `${name}-v3`,
          carry: 'resources',
          cluster: namespace,
        }),
      ),
      ...orThrow(toManifestWorkReplicaSet(policies('shop'), { ...content, ...set })),
    ]
    for (const object of made) {
      const { code, stderr } = await create(object)
      assert.is(code, 0, stderr)
    }
    const field = 'cascadeDeletionPolicy'
    const wrong = await create(misspelt(made.at(-1) as KubeObject, field))
    assert.match(wrong.stderr, new RegExp(`unknown field "spec\\.${field}x"`))
  })
})

const manifestsOf = (works: ReadonlyArray<KubeObject>, index: number): ReadonlyArray<KubeObject> =>
  works.flatMap((work, at) => (at === index ? specOf(work).workload.manifests : []))

const input = (objects: ReadonlyArray<KubeObject>): string =>
  objects.map((object) => JSON.stringify(object)).join('\n')

interface Rules {
  readonly manifestConfigs: ReadonlyArray<{
    readonly feedbackRules: ReadonlyArray<{
      readonly jsonPaths: ReadonlyArray<{ readonly name: string; readonly path: string }>
    }>
    readonly conditionRules: ReadonlyArray<{
      readonly condition: string
      readonly celExpressions: ReadonlyArray<string>
    }>
  }>
}

/** By Kubernetes' own JSONPath. */
const feedback = async (lab: Lab, { spec }: KubeObject, job: string, namespace: string) => {
  const paths = (spec as Rules).manifestConfigs.flatMap(({ feedbackRules }) =>
    feedbackRules.flatMap(({ jsonPaths }) => jsonPaths),
  )
  const values = await Promise.all(
    paths.map(async ({ name: key, path }) => {
      const { stdout } = await lab.kubectl(['get', 'job', job, '-n', namespace, '-o', `jsonpath={${path}}`])
      return [key, stdout] as const
    }),
  )
  return Object.fromEntries(values)
}

const kinds = 'validatingadmissionpolicy,validatingadmissionpolicybinding'

/** Whether a condition of the work holds on the Job, by Kubernetes' own CEL: as a policy of admission that asks for it. */
const holds = async (lab: Lab, { spec }: KubeObject, job: string, namespace: string) => {
  const rules = (spec as Rules).manifestConfigs.flatMap(({ conditionRules }) => conditionRules)
  const asked = "has(object.metadata.annotations) && 'asks' in object.metadata.annotations"
  const unless = (word: string, expression: string) =>
    `!(${asked} && object.metadata.annotations['asks'] == '${word}') || (${expression})`
  const validations = [
    ...rules.map(({ condition, celExpressions }) => unless(condition, celExpressions.join(' && '))),
    unless('Never', 'false'),
  ]
  const common = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: job } }
  const resourceRules = [
    { apiGroups: ['batch'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['jobs'] },
  ]
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } }
  const policy = {
    ...common,
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      matchConstraints: { resourceRules, namespaceSelector },
      validations: validations.map((expression) => ({ expression, message: 'it does not hold' })),
    },
  }
  const binding = {
    ...common,
    kind: 'ValidatingAdmissionPolicyBinding',
    spec: { policyName: job, validationActions: ['Deny'] },
  }
  const ask = async (word: string): Promise<boolean> => {
    const annotate = ['annotate', 'job', job, '-n', namespace, `asks=${word}`]
    const { code, stderr } = await lab.kubectl([...annotate, '--dry-run=server', '--overwrite'])
    if (code !== 0) assert.match(stderr, /it does not hold/)
    return code === 0
  }
  try {
    const made = await lab.kubectl(
      ['apply', '-f', '-'],
      input([policy, binding] as ReadonlyArray<KubeObject>),
    )
    assert.is(made.code, 0, made.stderr)
    await becomes(() => ask('Never'), false)
    const answers = rules.map(async ({ condition }) => [condition, await ask(condition)] as const)
    return Object.fromEntries(await Promise.all(answers))
  } finally {
    await lab.kubectl(['delete', kinds, job, '--ignore-not-found'])
  }
}

onLab(
  'the Job does it with its rights, made by the executor’s alone; another removes all of it',
  async (lab) => {
    await served(lab, [], async ({ namespace }) => {
      const content = {
        name,
        cluster: 'cluster1',
        calico: '3.28.5',
        carry: 'job',
        owner: name,
        namespace,
      } as const
      const stored = async () => {
        const said = await lab.kubectl([
          'get',
          'globalnetworkpolicies.crd.projectcalico.org,networkpolicies.crd.projectcalico.org',
          '-A',
          '-l',
          `typed-calico.projectcalico.org/owner=${name}`,
          '-o',
          'name',
        ])
        return said.stdout.trim().split('\n').filter(Boolean).length
      }
      for (const task of ['apply', 'remove'] as const) {
        const works = orThrow(toManifestWork(policies(namespace), { ...content, task }))
        const [rights, objects] = [manifestsOf(works, 0), manifestsOf(works, 1)]
        const given = await lab.kubectl(['create', '-f', '-'], input(rights))
        assert.is(given.code, 0, given.stderr)
        try {
          const as = ['--as', `system:serviceaccount:${namespace}:${name}-executor`]
          const made = await lab.kubectl([...as, 'create', '-f', '-'], input(objects))
          assert.is(made.code, 0, made.stderr)
          const job = objects.find(({ kind }) => kind === 'Job')?.metadata.name ?? ''
          const work = works[1] as KubeObject
          await becomes(() => feedback(lab, work, job, namespace), {
            complete: 'True',
            failed: '',
            succeededPods: '1',
            failedPods: '',
          })
          assert.equal(await holds(lab, work, job, namespace), { Complete: true, Failed: false })
          assert.is(await stored(), task === 'apply' ? 2 : 0)
          const gone = await lab.kubectl([...as, 'delete', '-f', '-'], input(objects))
          assert.is(gone.code, 0, gone.stderr)
        } finally {
          await lab.kubectl(['delete', '--ignore-not-found', '-f', '-'], input(rights))
        }
      }
    })
  },
)

/** What a test that failed in the middle has left. */
working.after(async () => {
  const lab = await labOrReason()
  if (E.isRight(lab)) await lab.right.calicoctl(['delete', 'globalnetworkpolicy', name, '--skip-not-exists'])
})

working.run()
