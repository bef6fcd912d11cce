import * as E from 'fp-ts/lib/Either.js'
import { badOption, firstBadOption, given } from './bad-option.js'
import type { BadOption } from './error.js'
import type { RunnerOptions } from './options.js'
import { decodeOptions } from './options-codec.js'
import { storedKinds } from './state/stored-resource.js'

/** The options with their defaults. */
export interface Settings extends Required<Omit<RunnerOptions, 'namespace' | 'cluster'>> {
  readonly namespace?: string
  /** How many resources one pod is given at most. No option: it says how, not what. */
  readonly partSize: number
  /** Whether what would cut nodes off is refused. */
  readonly guardsNodes: boolean
}

/** calicoctl writes some 250 a second, and another pod takes some two seconds to start. */
const partSize = 1_000

const isCluster = (value: unknown): boolean =>
  ['get', 'list', 'create', 'replace', 'remove'].every((name) => typeof Object(value)[name] === 'function')

/** The options with their defaults, or the first thing that is wrong with them. */
export const decodeSettings = (options: RunnerOptions): E.Either<BadOption, Settings> => {
  const { cluster, ...others } = given(Object(options))
  const decoded = decodeOptions(others)
  if (E.isLeft(decoded)) return E.left(firstBadOption(decoded.left))
  if (decoded.right.owner === undefined) {
    return badOption(
      'owner',
      'the option owner is missing',
      "name who owns what is applied: owner: 'karydia'",
    )
  }
  if (!isCluster(cluster)) {
    return badOption(
      'cluster',
      'the option cluster is not a cluster',
      'pass kubeCluster() or memoryCluster()',
    )
  }
  const { owner, transport = 'pod', lockout = 'refuse' } = decoded.right
  return E.right({
    image: {},
    pod: {},
    rbac: 'provision',
    kinds: storedKinds,
    ignore: [],
    timeoutMs: 120_000,
    ttlSeconds: 60,
    graceMs: 20_000,
    patienceMs: 10_000,
    ...decoded.right,
    owner,
    transport,
    // Only a pod can be cut off.
    lockout: transport === 'pod' ? lockout : 'ignore',
    partSize,
    guardsNodes: lockout !== 'ignore',
  })
}
