import type { Either } from 'fp-ts/lib/Either.js'
import type { Resource } from '../../src/index.js'
import { resourceId } from '../../src/model/resource-id.js'
import type { RunnerError } from '../../src/runner/error.js'
import type { ApplyReport, ItemOutcome } from '../../src/runner/report.js'

const keyOf = (resource: Resource): string => {
  const { kind, namespace = '', name } = resourceId(resource)
  return `${kind} ${namespace}/${kind.endsWith('Policy') ? 'default.' : ''}${name}`
}

/** What the object stored for a resource holds of it: orders and nets tell the versions of the scenario apart. */
const essenceOf = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  const { spec } = JSON.parse(text)
  return JSON.stringify([spec.order ?? null, spec.nets ?? null])
}

const wish = ({ spec }: Resource): string =>
  JSON.stringify(['order' in spec ? spec.order : null, 'nets' in spec ? spec.nets : null])

const agrees = (
  { outcome }: ItemOutcome,
  wanted: string | undefined,
  before: string | undefined,
  now: string | undefined,
): boolean => {
  switch (outcome) {
    case 'created':
      return before === undefined && now === wanted && now !== undefined
    case 'updated':
    case 'set':
    case 'restored':
      return before !== undefined && now === wanted && now !== before
    case 'unchanged':
      return now === before && now !== undefined
    case 'deleted':
      return wanted === undefined && now === undefined
    case 'failed':
    case 'reverted':
      return now === before
    case 'unknown':
      return now === before || now === wanted
  }
}

const reportOf = (result: Either<RunnerError, ApplyReport>): ApplyReport | undefined => {
  if (result._tag === 'Right') return result.right
  return 'report' in result.left && 'items' in result.left.report ? result.left.report : undefined
}

/** Where what was reported is not what the cluster has. Without a report, nothing may have been written. */
export const lies = (
  result: Either<RunnerError, ApplyReport>,
  former: ReadonlyArray<Resource>,
  wanted: ReadonlyArray<Resource>,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReadonlyArray<string> => {
  const report = reportOf(result)
  const outcomes = new Map(report?.items.map((item) => [item.name, item]))
  const resources = new Map([...former, ...wanted].map((resource) => [keyOf(resource), resource]))
  const wishes = new Map(wanted.map((resource) => [keyOf(resource), wish(resource)]))
  return [...resources].flatMap(([key, resource]) => {
    const { kind, namespace, name } = resourceId(resource)
    const printed = `${kind}(${namespace === undefined ? '' : `${namespace}/`}${name})`
    const [was, is] = [essenceOf(before.get(key)), essenceOf(after.get(key))]
    const item = outcomes.get(printed)
    // What a failed run did not get to prune is not among its items.
    if (item === undefined)
      return was === is ? [] : [`${printed} is not reported, and went from ${was} to ${is}`]
    if (result._tag === 'Right' && ['failed', 'unknown', 'reverted'].includes(item.outcome)) {
      return [`${printed} is ${item.outcome}, and the run is called a success`]
    }
    return agrees(item, wishes.get(key), was, is)
      ? []
      : [`${printed} is reported as ${item.outcome}: was ${was}, wanted ${wishes.get(key)}, is ${is}`]
  })
}
