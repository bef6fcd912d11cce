import * as assert from 'uvu/assert'
import { networkPolicy } from '../../../src/index.js'
import type { PodProblem } from '../../../src/runner/error.js'
import type { RunnerOptions } from '../../../src/runner/options.js'
import { createRunner } from '../../../src/runner/runner.js'
import { ownerSelector } from '../../../src/runner/state/owner-labels.js'
import type { World } from '../contract.js'
import { failureOf, listAll } from '../observe.js'

/** One way to make the pod fail, and what the Runner is to make of it. */
export interface Provocation {
  readonly fact: string
  readonly options?: Partial<RunnerOptions>
  readonly problem: PodProblem
  /** In Kubernetes' own words. */
  readonly reason: RegExp
  /** What the message or the events tell beside that. */
  readonly tells?: RegExp
}

/** Every way that needs nothing but options, on any cluster. */
export const provocations: ReadonlyArray<Provocation> = [
  {
    fact: 'an image that cannot be pulled',
    options: { image: { name: 'no-such.test/calico/ctl:v0' } },
    problem: 'ImagePull',
    reason: /^(ErrImagePull|ImagePullBackOff)$/,
    tells: /no-such\.test/,
  },
  {
    fact: 'an image name that is none',
    options: { image: { name: 'UPPER CASE' } },
    problem: 'InvalidImage',
    reason: /^InvalidImageName$/,
  },
  {
    fact: 'a nodeSelector that no node has',
    options: { pod: { nodeSelector: { 'no-such': 'node' } } },
    problem: 'Unschedulable',
    reason: /^Unschedulable$/,
    tells: /node/,
  },
  {
    fact: 'a service account that is not there',
    options: { rbac: { serviceAccount: 'no-such' } },
    problem: 'NoServiceAccount',
    reason: /^FailedCreate$/,
    tells: /"no-such" not found/,
  },
  {
    fact: 'a command that is not in the image',
    options: { image: { name: 'docker.io/calico/ctl:v3.28.5', command: ['/no-such'] } },
    problem: 'NoCalicoctl',
    reason: /^(StartError|ContainerCannotRun|RunContainerError|CreateContainerError)$/,
    tells: /no such file or directory|executable file not found/,
  },
]

const policyIn = ({ namespace }: World) =>
  networkPolicy('web', namespace).selector("app == 'web'").allowIngress({})

/** Applies under the provocation, and holds the failure to what every one of them promises. */
export const provoke = async (world: World, provocation: Provocation): Promise<void> => {
  const owner = `own-${world.namespace}`
  const { cluster, namespace } = world
  const patience = { patienceMs: 1_000, timeoutMs: 60_000, lockout: 'ignore' } as const
  const runner = createRunner({ owner, cluster, namespace, ...patience, ...provocation.options })
  const failure = failureOf(await runner.te.apply([policyIn(world)])())
  if (failure._tag !== 'PodFailed') return assert.unreachable(`${failure._tag}: ${failure.message}`)
  assert.is(failure.problem, provocation.problem, failure.message)
  assert.match(failure.reason, provocation.reason)
  assert.ok((failure.hint ?? '').length > 20, 'it has a remedy')
  if (provocation.tells !== undefined) {
    assert.match([failure.message, ...failure.events].join('\n'), provocation.tells)
  }
  assert.equal(
    failure.report.items.map(({ outcome }) => outcome),
    ['failed'],
  )
  assert.equal(failure.report.left, [])
  assert.equal(await listAll(cluster, ownerSelector(owner)), [])
}
