import * as E from 'fp-ts/lib/Either.js'
import { type CalicoctlEnd, calicoctlFailure, complaints } from '../calicoctl/exit-error.js'
import { joinOutput } from '../calicoctl/output.js'
import type { PodProblem, RunnerError } from '../error.js'
import { bad, interrupted } from '../error.js'
import type { ApplyReport } from '../report.js'
import type { PodExecution } from './execute.js'
import type { EndedPod } from './job-status.js'
import type { PodOutcome } from './wait-for-pods.js'

const hints: Readonly<Record<PodProblem, string>> = {
  ImagePull:
    'can the nodes pull that image? Set `image.name` to a copy in your registry, and `pod.imagePullSecrets`',
  InvalidImage: 'correct `image.name`: registry, path, and a tag or a digest',
  Unschedulable: 'set `pod.tolerations`, `pod.nodeSelector` or `pod.resources`, or make room on a node',
  NotAdmitted:
    'a quota, Pod Security or a webhook refused the pod: use another `namespace`, or set `pod.resources`, `pod.labels`',
  NoServiceAccount:
    'create the service account of `rbac.serviceAccount` in the namespace of the run, or use rbac: "provision"',
  NotStarted: 'read the events; the namespace needs the ConfigMap kube-root-ca.crt',
  NoCalicoctl:
    'the image has no calicoctl at that path: it may be of another version of Calico than the cluster. Set `image.name` to one of its version, or `image.command` to where calicoctl is',
  OutOfMemory: 'raise `pod.resources.limits.memory`, or apply fewer resources at once',
  DeadlineExceeded:
    'raise `timeoutMs`; if the pod hangs, a policy may keep it from the API server: `pod.hostNetwork`',
  Evicted: 'try again; set `pod.priorityClassName` if it happens often',
  NodeLost: 'apply again: another node will take the pod; look at the node that was lost',
  WrongArchitecture:
    'the image has no build for that node: set `pod.nodeSelector`, or use the digest of a multi-arch index',
  ApiServerUnreachable:
    "does a policy keep the pod from the API server? Exclude it, pass lockout: 'exempt', or set `pod.hostNetwork`",
  Vanished: 'someone, or a controller, deleted the pod: try again',
}

const podFailed = (
  outcome: Extract<PodOutcome, { readonly _tag: 'Failed' }>,
  report: ApplyReport,
): RunnerError => ({
  _tag: 'PodFailed',
  message: `the pod of calicoctl failed: ${outcome.reason}${outcome.detail === '' ? '' : `: ${outcome.detail.slice(0, 400)}`}`,
  hint: hints[outcome.problem],
  problem: outcome.problem,
  reason: outcome.reason,
  events: outcome.events,
  report,
})

/** Go's words for a connection that cannot be made, in one line of what was said. */
const noNetwork = (output: string): string | undefined => {
  const words = /dial tcp |i\/o timeout|TLS handshake timeout|no route to host/
  const line = output.split('\n').find((one) => words.test(one))
  return line?.slice(Math.max(0, line.indexOf('dial tcp ')))
}

const endOf = (pods: ReadonlyArray<EndedPod>, output: string): CalicoctlEnd => ({
  exitCode: Math.max(0, ...pods.flatMap(({ exits }) => exits.map((exit) => exit.exitCode))),
  output,
})

/** What is to be told of a run by a pod that did not fail. */
export const podWarnings = ({ result, output }: PodExecution): ReadonlyArray<string> =>
  E.isRight(result) && result.right._tag === 'Ended'
    ? complaints(endOf(result.right.pods, joinOutput(output)))
    : []

/** Why a run by a pod failed; `undefined` when every item is as it should be. */
export const podFailure = (execution: PodExecution, report: ApplyReport): RunnerError | undefined => {
  const { result } = execution
  const output = joinOutput(execution.output)
  // Nothing was given to calicoctl yet: the plain error says it all.
  if (E.isLeft(result)) {
    const plain = result.left._tag === 'Busy' || result.left._tag === 'InputChanged'
    return plain ? result.left : interrupted(result.left, report)
  }
  if (result.right._tag === 'Failed') return podFailed(result.right, report)
  const unreachable = report.items.every(bad) ? noNetwork(output) : undefined
  if (unreachable !== undefined) {
    const problem = {
      problem: 'ApiServerUnreachable',
      reason: 'NoConnection',
      detail: unreachable,
    } as const
    return podFailed({ _tag: 'Failed', ...problem, events: [] }, report)
  }
  const remedy = (version: string) =>
    `set \`image.name\` to an image of calicoctl ${version}, or leave it out`
  return calicoctlFailure(endOf(result.right.pods, output), report, remedy)
}
