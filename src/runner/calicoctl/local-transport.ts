import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { conceal } from '../../cluster/redact.js'
import { stopped } from '../../cluster/stopped.js'
import { nameOf } from '../../model/resource-id.js'
import { type Deletion, nothingDeleted } from '../delete/deletion.js'
import { type BadOption, interrupted, type NoCalicoctl, type RunnerError } from '../error.js'
import { writingAccess } from '../permission/access.js'
import { type Batch, type Verb, verbs } from '../plan/batch.js'
import type { ApplyReport } from '../report.js'
import type { RunContext } from '../run-context.js'
import type { StoredBy } from '../state/stored-resource.js'
import type { Execution, Transport } from '../write/transport.js'
import { type CalicoctlEnd, calicoctlFailure, complaints } from './exit-error.js'
import { environmentFor } from './image.js'
import { type Shard, shards } from './input.js'
import { errorsIn } from './item-error.js'
import { joinOutput, type RunOutput } from './output.js'
import { type Ended, type NotStarted, runProgram } from './process.js'
import { removeAtExit } from './remove-at-exit.js'

/** Only for who runs this: there are credentials in it. */
const mine = { mode: 0o600 }

const configuration = (kubeconfig: string): string =>
  JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'CalicoAPIConfig',
    metadata: {},
    spec: { datastoreType: 'kubernetes', kubeconfig, k8sClientQPS: 1000 },
  })

/** The arguments by which calicoctl goes by such a folder, and by nothing else on this machine. */
const argumentsIn = (folder: string, verb: string): ReadonlyArray<string> => [
  verb,
  '-f',
  join(folder, verb),
  '--config',
  join(folder, 'calicoctl.cfg'),
]

/**
 * Puts into a folder all that calicoctl reads: its input, by verb; a kubeconfig; and its own configuration, for where
 * there is one in `/etc/calico` it goes before every variable.
 */
const furnish = async (folder: string, shards: ReadonlyArray<Shard>, kubeconfig: string): Promise<void> => {
  await mkdir(folder, { mode: 0o700 })
  for (const { verb, file, text } of shards) {
    await mkdir(join(folder, verb), { recursive: true })
    await writeFile(join(folder, verb, file), text, mine)
  }
  await writeFile(join(folder, 'kubeconfig'), kubeconfig, mine)
  await writeFile(join(folder, 'calicoctl.cfg'), configuration(join(folder, 'kubeconfig')), mine)
}

const noKubeconfig: BadOption = {
  _tag: 'BadOption',
  option: 'transport',
  message: 'a calicoctl on this machine cannot reach this cluster: it has no kubeconfig',
  hint: 'use kubeCluster(), or leave `transport` out',
}

const whyNotStarted: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it may not be executed',
  ENOEXEC: 'it is not a program for this machine',
}

const noCalicoctl = (calicoctl: string, { code }: NotStarted, version: string): NoCalicoctl => ({
  _tag: 'NoCalicoctl',
  message: `calicoctl cannot be run as ${JSON.stringify(calicoctl)}: ${whyNotStarted[code] ?? code}`,
  hint: `install calicoctl ${version} and name its path, or leave \`transport\` out: the pod brings its own`,
  calicoctl,
})

/** calicoctl goes by its configuration file alone; but client-go and the plugins of a kubeconfig need the rest. */
const surroundings = (calico: StoredBy): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:CALICO_|K8S_|ETCD_|DATASTORE_TYPE$|KUBECONFIG$)/.test(name),
    ),
  ),
  ...Object.fromEntries(environmentFor(calico).map(({ name, value }) => [name, value])),
})

type Result = E.Either<NoCalicoctl, Ended>

interface Done {
  readonly verb: Verb
  readonly result: Result
}

/** What of a kubeconfig in JSON lets somebody in, and may be echoed. */
const secretsIn = (kubeconfig: string): ReadonlyArray<string> =>
  [
    ...kubeconfig.matchAll(
      /"(?:token|password|id-token|refresh-token|access-token)":\s*("(?:[^"\\]|\\.)*")/g,
    ),
  ].map(([, value = '""']) => JSON.parse(value) as string)

interface LocalRun {
  readonly calicoctl: string
  readonly kubeconfig: string
  readonly folder: string
  readonly batch: Batch
}

/** Both verbs at once, as in the pod: no object is in both. */
const run = async (
  { calico, emit, signal }: RunContext,
  { calicoctl, kubeconfig, folder, batch }: LocalRun,
): Promise<ReadonlyArray<Done>> => {
  const secrets = secretsIn(kubeconfig)
  const refused = (why: NotStarted) => E.left(noCalicoctl(calicoctl, why, calico.version))
  const runVerb = async (verb: Verb): Promise<Done> => {
    const ended = await runProgram(calicoctl, argumentsIn(folder, verb), surroundings(calico), signal)
    if (E.isLeft(ended)) return { verb, result: refused(ended.left) }
    const output = conceal(ended.right.output.replaceAll(folder, ''), secrets)
    if (output !== '') emit({ _tag: 'Said', container: verb, text: output })
    return { verb, result: E.right({ ...ended.right, output }) }
  }
  emit({ _tag: 'Started', step: 'calicoctl' })
  const used = verbs.filter((verb) => batch[verb].length > 0)
  try {
    await furnish(folder, shards([batch]).flat(), kubeconfig)
  } catch (error) {
    return used.map((verb): Done => ({ verb, result: refused(error as NotStarted) }))
  }
  return Promise.all(used.map(runVerb))
}

const remedy = (version: string): string => `name calicoctl ${version} as \`transport.calicoctl\``

const endOf = (done: ReadonlyArray<Done>, output: RunOutput): CalicoctlEnd => {
  const exits = done.flatMap(({ result }) => (E.isRight(result) ? [result.right.exitCode] : []))
  return { exitCode: Math.max(0, ...exits), output: joinOutput(output) }
}

const failureOf = (
  done: ReadonlyArray<Done>,
  output: RunOutput,
  signal: AbortSignal,
  report: ApplyReport,
): RunnerError | undefined => {
  const [broken] = done.flatMap(({ result }) => (E.isLeft(result) ? [result.left] : []))
  if (broken !== undefined) {
    // Nothing was written: the plain error says it all.
    return done.every(({ result }) => E.isLeft(result)) ? broken : interrupted(broken, report)
  }
  const end = endOf(done, output)
  return end.exitCode !== 0 && signal.aborted
    ? interrupted(stopped(signal, 'run calicoctl'), report)
    : calicoctlFailure(end, report, remedy)
}

const toExecution = (done: ReadonlyArray<Done>, batch: Batch, signal: AbortSignal): Execution => {
  const texts = Object.fromEntries(
    done.flatMap(({ verb, result }) => (E.isRight(result) ? [[verb, result.right.output]] : [])),
  )
  const output: RunOutput = [{ batch, texts }]
  return {
    ended: true,
    itemErrors: errorsIn(output),
    // What a calicoctl had sent when it was killed may be carried out after it is read back.
    unanswered: new Set(signal.aborted ? verbs.flatMap((verb) => batch[verb].map(nameOf)) : []),
    failure: (report) => failureOf(done, output, signal, report),
    warnings: complaints(endOf(done, output)),
  }
}

const removeFolder = async (folder: string): Promise<Deletion> => {
  try {
    await rm(folder, { recursive: true, force: true })
    return nothingDeleted
  } catch (error) {
    return { ...nothingDeleted, left: [{ name: folder, cause: String((error as NotStarted).code) }] }
  }
}

/**
 * calicoctl on this machine, with the credentials of the Runner itself. What it reads is in a temporary folder that only
 * its user may enter, and that is gone after the run, however it ends.
 */
export const localTransport =
  (calicoctl: string): Transport =>
  (context, { plan: { batch } }) =>
    task(async (unwrap, fail) => {
      const { cluster, calico, signal } = context
      if (cluster.kubeconfig === undefined) return fail(noKubeconfig)
      const kubeconfig = await unwrap(cluster.kubeconfig())
      const folder = join(tmpdir(), `typed-calico-${randomUUID()}`)
      let forget = (): void => undefined
      return {
        access: writingAccess(batch, calico),
        grants: [],
        makes: [],
        refuse: TE.right(undefined),
        execute: async () => {
          forget = removeAtExit(folder)
          return toExecution(await run(context, { calicoctl, kubeconfig, folder, batch }), batch, signal)
        },
        clear: async () => {
          const removal = await removeFolder(folder)
          if (removal.left.length === 0) forget()
          return removal
        },
      }
    })
