import { join } from 'node:path'
import { type Either, isRight, left, right } from 'fp-ts/lib/Either.js'
import type { Test } from 'uvu'
import { type Afterwards, afterwardsOf } from './afterwards.js'
import { type Clients, clientsOf } from './clients.js'
import { run } from './command.js'
import { supervisor } from './down.js'
import { type OutsiderSpec, type Outsiders, startOutsiders } from './outsiders.js'
import { type Place, placeOf } from './place.js'
import { type Answer, type Pod, type PodSpec, type Port, probeFrom, startPods, type Target } from './pods.js'
import type { Record } from './record.js'
import { obstacle, up } from './up.js'

export { type Answer, type Pod, type PodSpec, type Port, type Target, to } from './pods.js'

/** The running lab, for tests. All of it is shared: use namespaces of your own, and clean up. */
export interface Lab extends Clients {
  /** Path of the admin's kubeconfig, for use on this machine. */
  readonly kubeconfig: string
  /** The minor version of its Kubernetes, such as `1.37`. */
  readonly kubernetes: string
  /** The node's address, from this machine and from pods. */
  readonly node: string
  /** This machine's address, from pods: what is outside of the cluster. */
  readonly outside: string
  /** Starts pods, and waits until they serve. Their namespaces must be there. */
  readonly pods: (specs: ReadonlyArray<PodSpec>) => Promise<ReadonlyArray<Pod>>
  /** What a pod, or the node itself, gets from each target: TCP when it connects, UDP when it replies. */
  readonly probe: (from: Pod | 'node', ...targets: ReadonlyArray<Target>) => Promise<ReadonlyArray<Answer>>
  /** Links the node to network namespaces of their own, which stand for what is outside. Ended by `end`. */
  readonly outsiders: (specs: ReadonlyArray<OutsiderSpec>, served: ReadonlyArray<Port>) => Promise<Outsiders>
  /** For what a test must take back even if it is killed: said before it is made. */
  readonly afterwards: () => Afterwards
}

const labOf = (place: Place, record: Record): Lab => {
  const clients = clientsOf(place, record)
  const { address, gateway } = record.network
  const onNode = async (args: ReadonlyArray<string>) => {
    const probe = join(record.folders.probe, 'probe')
    return run('nsenter', ['--target', `${await supervisor(place)}`, '--net', probe, ...args])
  }
  const inPod = (pod: Pod) => (args: ReadonlyArray<string>) =>
    clients.kubectl(['exec', '--namespace', pod.namespace, pod.name, '--', '/probe', ...args])
  return {
    ...clients,
    kubeconfig: place.kubeconfig,
    kubernetes: record.kubernetes,
    node: address,
    outside: gateway,
    pods: (specs) => startPods(clients, specs),
    outsiders: async (specs, served) => {
      const probe = join(record.folders.probe, 'probe')
      return startOutsiders({ node: await supervisor(place), probe }, specs, served)
    },
    afterwards: () => afterwardsOf(place, record),
    probe: (from, ...targets) => probeFrom(from === 'node' ? onNode : inPod(from), targets),
  }
}

/**
 * The lab, brought up if it was not; or, in a line, why it cannot run here. Tests skip on a reason, but
 * not with CI=true: there a reason throws, as does a lab that fails to come up anywhere.
 */
export const labOrReason = async (): Promise<Either<string, Lab>> => {
  const place = placeOf()
  const reason = await obstacle(place)
  if (reason === undefined) return right(labOf(place, await up(place)))
  if (process.env.CI === 'true') throw new Error(reason)
  return left(reason)
}

/** Declares a test of `tests` that is handed the lab, or is skipped where there is none. */
export type LabTest = (name: string, test: (lab: Lab) => Promise<void>) => void

/** `const onLab = await labTests(tests)`; then `onLab('is a fact', async (lab) => …)`. */
export const labTests = async (tests: Test): Promise<LabTest> => {
  const lab = await labOrReason()
  if (isRight(lab)) return (name, test) => tests(name, () => test(lab.right))
  console.log(`skipped for want of a lab: ${lab.left}`)
  return (name) => tests.skip(name, () => {})
}
