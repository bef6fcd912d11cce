import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { explainIssue } from '../../error.js'
import { nameOf } from '../../model/resource-id.js'
import { compile } from '../../policy/compile.js'
import { type CompiledWorld, insideOf } from '../../policy/compiled-world.js'
import { thoseThere } from '../../policy/query/removal.js'
import { makesPods } from '../../policy/world/workload-template.js'
import type { CompileOptions } from '../../policy/world/world.js'
import { compileSnapshot } from '../../runner/world/world-snapshot.js'
import { badUsage, type CliFailure, type NoInput } from '../failure.js'
import { err } from '../terminal.js'
import { type BaseOptions, baseWorld } from './base-world.js'
import { noInput } from './find.js'
import { isSnapshot } from './is-snapshot.js'
import { type Manifests, placeObjects, readManifests } from './manifests.js'
import { readSnapshot } from './read-snapshot.js'

/** Where a world comes from, as Commander gives it. */
export interface WorldOptions extends BaseOptions {
  readonly calico?: string
  readonly staged?: true
}

/** Whether a cluster or a snapshot is named. */
export const isBase = ({ world, context, kubeconfig }: BaseOptions): boolean =>
  [world, context, kubeconfig].some((it) => it !== undefined)

const howToCompile = ({ calico, staged }: WorldOptions): CompileOptions => ({
  ...(calico === undefined ? {} : { calico }),
  ...(staged === true ? { staged: 'enforced' as const } : {}),
})

const none: Manifests = { resources: [], objects: [], fileOf: new Map() }

const read = (inputs: ReadonlyArray<string>, { calico }: WorldOptions): TaskEither<CliFailure, Manifests> => {
  if (inputs.length === 0) return async () => E.right(none)
  const snapshot = inputs.find(isSnapshot)
  return snapshot === undefined
    ? readManifests(inputs, calico)
    : async () => E.left(badUsage(`${snapshot} is a snapshot of a cluster`, `pass it as --world ${snapshot}`))
}

const all = ({ resources, objects }: Manifests): ReadonlyArray<unknown> => [...resources, ...objects]

/** Says what is left out of the answers, lest something be missing unnoticed. */
const tellPassedOver = (world: CompiledWorld): CompiledWorld => {
  for (const issue of world.passedOver) err(`passed over: ${explainIssue(issue)}`)
  return world
}

const hasEnds = (world: CompiledWorld): boolean => {
  const { pods, hosts } = insideOf(world).endpoints
  return pods.size + hosts.byName.size > 0
}

/** Without pods and nodes, every answer would be the same, and look like a good one. */
const withEnds = (world: CompiledWorld, what: string): E.Either<NoInput, CompiledWorld> =>
  hasEnds(world)
    ? E.right(world)
    : noInput(
        `no pod, workload or node found in ${what}`,
        'give manifests of Deployments, StatefulSets, Pods, Nodes and the like as well, or --world or --context',
      )

const whatOf = (inputs: ReadonlyArray<string>): string =>
  inputs.length === 0 ? 'the cluster' : inputs.join(', ')

/** What the inputs describe: by themselves, or on top of a cluster or a snapshot, as if they were applied. */
export const worldOf = (
  inputs: ReadonlyArray<string>,
  options: WorldOptions,
): TaskEither<CliFailure, CompiledWorld> =>
  task(async (unwrap) => {
    const base = await unwrap(baseWorld(options, howToCompile(options)))
    if (base === undefined && inputs.length === 0)
      return unwrap(
        E.left(badUsage('there is no world to ask', 'name files or folders, or pass --world or --context')),
      )
    const files = await unwrap(read(inputs, options))
    const compiled =
      base === undefined
        ? compile({ resources: all(files) }, howToCompile(options))
        : base.with({ put: all(files) })
    const world = await unwrap(E.mapLeft(placeObjects(files))(compiled))
    return tellPassedOver(await unwrap(withEnds(world, whatOf(inputs))))
  })

/** What one input describes by itself: a snapshot of a cluster, or manifests. */
const alone = (input: string, options: WorldOptions): TaskEither<CliFailure, CompiledWorld> =>
  task(async (unwrap) => {
    const how = howToCompile(options)
    if (isSnapshot(input))
      return tellPassedOver(await unwrap(compileSnapshot(await unwrap(readSnapshot(input)), how)))
    const files = await unwrap(read([input], options))
    const compiled = compile({ resources: all(files) }, how)
    return tellPassedOver(await unwrap(E.mapLeft(placeObjects(files))(compiled)))
  })

type NamedWorld = readonly [input: string, world: CompiledWorld]

/** Policies beside the workloads that they are for: then all of these are new, or gone. */
const tellLopsided = (...sides: ReadonlyArray<NamedWorld>): void => {
  for (const [input, world] of sides)
    if (!hasEnds(world))
      err(`${input} has no pod or workload, so that all of the other side are new or gone: name both whole`)
}

/** Two worlds to compare. */
export interface Sides {
  readonly before: CompiledWorld
  readonly after: CompiledWorld
}

/** What the second has no more, of policies and other resources of Calico. */
const gone = (before: Manifests, after: Manifests): ReadonlyArray<string> => {
  const kept = new Set(after.resources.map(nameOf))
  return before.resources.map(nameOf).filter((name) => !kept.has(name))
}

const objectName = (value: unknown): string => {
  const { kind, apiVersion, metadata } = value as {
    readonly kind: string
    readonly apiVersion: string
    readonly metadata: { readonly name: string; readonly namespace?: string }
  }
  const isPolicy = kind === 'NetworkPolicy' && apiVersion.startsWith('networking.k8s.io/')
  const isGlobal =
    kind === 'Namespace' || kind === 'Node' || apiVersion.startsWith('policy.networking.k8s.io/')
  const name = isGlobal ? metadata.name : `${metadata.namespace ?? 'default'}/${metadata.name}`
  // A workload is a peer as a pod is, whatever makes it.
  if (makesPods({ apiVersion, kind })) return `Pod(${name})`
  return `${isPolicy ? 'Kubernetes' : ''}${kind}(${name})`
}

const goneObjects = (before: Manifests, after: Manifests): ReadonlyArray<string> => {
  const kept = new Set(after.objects.map(objectName))
  return before.objects.map(objectName).filter((name) => !kept.has(name))
}

/**
 * Before and after a change. One input is what comes on top of a cluster or a snapshot; of two, the first is what there was.
 * On top of a cluster, what only the first has is taken away.
 */
export const sidesOf = (
  inputs: ReadonlyArray<string>,
  options: WorldOptions,
): TaskEither<CliFailure, Sides> =>
  task(async (unwrap) => {
    const how = howToCompile(options)
    const base = await unwrap(baseWorld(options, how))
    const [first, second] = inputs
    if (base === undefined) {
      if (first === undefined || second === undefined)
        return unwrap(
          E.left(
            badUsage(
              'there is nothing to compare with',
              'name what there was and what is to be, such as main:policies policies, or pass --world or --context',
            ),
          ),
        )
      const before = await unwrap(alone(first, options))
      const after = await unwrap(alone(second, options))
      await unwrap(withEnds(hasEnds(before) ? before : after, inputs.join(', ')))
      tellLopsided([first, before], [second, after])
      return { before, after }
    }
    const files = await unwrap(read([second ?? first ?? []].flat(), options))
    const old = second === undefined || first === undefined ? none : await unwrap(read([first], options))
    const before =
      second === undefined ? base : await unwrap(E.mapLeft(placeObjects(old))(base.with({ put: all(old) })))
    const remove = thoseThere(insideOf(before), [...gone(old, files), ...goneObjects(old, files)])
    const compiled = before.with({ put: all(files), remove })
    const after = await unwrap(E.mapLeft(placeObjects(files))(compiled))
    return { before: await unwrap(withEnds(before, 'the cluster')), after: tellPassedOver(after) }
  })
