import { existsSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { isPlain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'
import type { CliFailure, NoInput } from '../failure.js'
import { err } from '../terminal.js'
import { noInput } from './find.js'
import { type LoadOptions, loadInputs, loadText } from './load.js'
import { allResources, type Loaded, withDuplicates } from './loaded.js'
import { counted } from './read.js'
import { type RevisionFile, revisionFiles } from './revision.js'

/** All that inputs hold which has a say in what policies do: Calico's resources, and objects of Kubernetes. */
export interface Manifests {
  readonly resources: ReadonlyArray<Resource>
  readonly objects: ReadonlyArray<unknown>
}

/** Kinds with a say, by the group of their API. */
const withSay: Readonly<Record<string, ReadonlyArray<string>>> = {
  v1: ['Pod', 'Namespace', 'ServiceAccount', 'Node', 'Service', 'Endpoints', 'ReplicationController'],
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  batch: ['Job', 'CronJob'],
  'discovery.k8s.io': ['EndpointSlice'],
  'networking.k8s.io': ['NetworkPolicy'],
}

const hasSay = (value: unknown): boolean => {
  if (!isPlain(value)) return false
  const [group = ''] = String(value.apiVersion).split('/')
  return group === 'policy.networking.k8s.io' || withSay[group]?.includes(String(value.kind)) === true
}

const loadRevision = (input: string, options: LoadOptions): E.Either<NoInput, ReadonlyArray<Loaded>> => {
  const found = revisionFiles(input)
  if (found === undefined)
    return noInput(
      `${input} cannot be read: no such file or folder`,
      'name files, folders, or a git revision as main:policies',
    )
  return E.map((files: ReadonlyArray<RevisionFile>) =>
    files.filter(({ text }) => /\bkind\b/.test(text)).map(({ file, text }) => loadText(file, text, options)),
  )(found)
}

const isPath = (input: string): boolean => input === '-' || existsSync(input)

/** Reads what the inputs name: files, folders, `-`, and paths of git revisions, as `main:policies`. */
export const readManifests = (
  inputs: ReadonlyArray<string>,
  calico: string | undefined,
): TaskEither<CliFailure, Manifests> =>
  task(async (unwrap) => {
    const options: LoadOptions = { calico: calico ?? 'any', dropServerMetadata: true }
    const loaded = await unwrap(loadInputs(inputs.filter(isPath), options))
    const ofRevisions: Array<Loaded> = []
    for (const input of inputs)
      if (!isPath(input)) ofRevisions.push(...(await unwrap(loadRevision(input, options))))
    const files = [...loaded.files, ...withDuplicates(ofRevisions)]
    for (const { file, skipped } of files) {
      const without = skipped.filter((it) => !hasSay(it))
      if (without.length > 0) err(`skipped in ${file}: ${counted(without)}`)
    }
    const resources = await unwrap(allResources(files))
    return { resources, objects: files.flatMap(({ skipped }) => skipped.filter(hasSay)) }
  })
