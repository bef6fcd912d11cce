import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { record } from '../kinds/json.js'
import type { PodSpec, Toleration } from '../kinds/pod-spec.js'

const Taint = t.intersection([t.type({ key: t.string, effect: t.string }), t.partial({ value: t.string })])
type Taint = t.TypeOf<typeof Taint>
const NodeSpec = t.partial({ taints: t.array(Taint), unschedulable: t.boolean })

const tolerates = ({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean =>
  (effect === undefined || effect === '' || effect === taint.effect) &&
  (key === undefined || key === taint.key) &&
  (operator === 'Exists' || value === (taint.value ?? ''))

const quantities: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
}

const amount = (quantity: unknown): number => {
  const [, digits = '0', unit = ''] = /^([\d.]+)(\w*)$/.exec(String(quantity ?? '0')) ?? []
  return Number(digits) * (quantities[unit] ?? 1)
}

const requested = (spec: PodSpec, resource: string): number =>
  spec.containers.reduce((sum, { resources }) => sum + amount(resources?.requests?.[resource]), 0)

/** Why the pod does not fit on the node; undefined when it does. */
const misfit = (spec: PodSpec, node: KubeObject): string | undefined => {
  const decoded = NodeSpec.decode(node.spec ?? {})
  const { taints = [], unschedulable = false } = E.isRight(decoded) ? decoded.right : {}
  if (unschedulable) return 'were unschedulable'
  const labels = node.metadata.labels ?? {}
  const wanted = Object.entries(spec.nodeSelector ?? {})
  if (wanted.some(([key, value]) => labels[key] !== value)) return "didn't match Pod's node affinity/selector"
  const repelled = taints.find(
    (taint) => taint.effect !== 'PreferNoSchedule' && !spec.tolerations?.some((one) => tolerates(one, taint)),
  )
  if (repelled !== undefined) return `had untolerated taint {${repelled.key}: ${repelled.value ?? ''}}`
  const allocatable = record(record(node.status).allocatable)
  const short = ['cpu', 'memory'].find(
    (resource) => requested(spec, resource) > amount(allocatable[resource] ?? '1000G'),
  )
  return short === undefined ? undefined : `Insufficient ${short}`
}

/** The node for the pod; or, in the words of the scheduler, why there is none. */
export const placePod = (spec: PodSpec, nodes: ReadonlyArray<KubeObject>): E.Either<string, string> => {
  const verdicts = nodes.map((node) => ({ node, why: misfit(spec, node) }))
  const fit = verdicts.find(({ why }) => why === undefined)
  if (fit !== undefined) return E.right(fit.node.metadata.name)
  const reasons = verdicts.map(({ why = '' }) => why)
  const counted = [...new Set(reasons)].map((why) => {
    const count = reasons.filter((one) => one === why).length
    return `${count} ${why.startsWith('Insufficient') ? why : `node(s) ${why}`}`
  })
  return E.left(`0/${nodes.length} nodes are available: ${counted.join(', ')}.`)
}
