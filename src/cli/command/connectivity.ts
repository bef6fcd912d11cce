import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type CompiledWorld, insideOf } from '../../policy/compiled-world.js'
import { focusOn } from '../../policy/connectivity/focus.js'
import {
  type ClassFormat,
  printClasses,
  printExplainedClasses,
} from '../../policy/connectivity/print-classes.js'
import { printExposure } from '../../policy/prove/exposure.js'
import { namedNamespace, namedPeer } from '../../policy/query/named-peer.js'
import { exitCodes } from '../exit-code.js'
import { badUsage, type CliFailure } from '../failure.js'
import { outsideOf } from '../input/outside.js'
import { type WorldOptions, worldOf } from '../input/world.js'
import { write } from '../output/write.js'
import { ofWorld, repeatable } from '../settings/world-group.js'
import { err } from '../terminal.js'
import { act } from './act.js'
import { outFile } from './option.js'
import { calicoOfWorld, classOutput, worldInputs } from './world-option.js'

interface ConnectivityOptions extends WorldOptions {
  readonly focus?: ReadonlyArray<string>
  readonly namespace?: ReadonlyArray<string>
  readonly outside: boolean
  readonly explain?: true
  readonly exposure?: string
  readonly output: ClassFormat
  readonly out?: string
}

const textOnly = badUsage('--explain prints text', 'leave --output out')
const textOrJson = badUsage('--exposure prints text or json', 'leave --output out, or pass --output json')
const ofOnePod = badUsage(
  '--exposure is about one pod and anybody',
  'leave out --focus, --namespace and --explain, or ask for connectivity by itself',
)

const noPod = (text: string) =>
  badUsage(
    `--focus is about pods and workloads, and ${text} is none`,
    'ask for one flow of it by typed-calico verdict, or leave --focus out',
  )

/** What one pod is open to. */
const exposed = (
  world: CompiledWorld,
  pod: string,
  { focus = [], namespace = [], explain, output }: ConnectivityOptions,
): E.Either<CliFailure, string> => {
  if (focus.length + namespace.length > 0 || explain === true) return E.left(ofOnePod)
  if (output !== 'text' && output !== 'json') return E.left(textOrJson)
  return pipe(
    namedPeer(insideOf(world), pod),
    E.chain(world.exposure),
    E.map((it) => (output === 'json' ? JSON.stringify(it, undefined, 2) : printExposure(it))),
  )
}

const connectivity = act(async (unwrap, inputs: ReadonlyArray<string>, options: ConnectivityOptions) => {
  const world = await unwrap(worldOf(inputs, options))
  const { focus = [], namespace = [] } = options
  if (options.exposure !== undefined) {
    await unwrap(write(await unwrap(exposed(world, options.exposure, options)), options.out))
    return exitCodes.ok
  }
  if (options.explain === true && options.output !== 'text') return unwrap(E.left(textOnly))
  for (const name of namespace) await unwrap(namedNamespace(insideOf(world), name))
  const names = new Set<string>()
  for (const text of focus) {
    const name = await unwrap(namedPeer(insideOf(world), text))
    if (!insideOf(world).endpoints.pods.has(name)) return unwrap(E.left(noPod(text)))
    names.add(name)
  }
  const whole = world.connectivity(options.outside ? outsideOf(world) : {})
  const isWanted = (name: string): boolean =>
    names.has(name) || namespace.some((it) => name.startsWith(`${it}/`))
  const shown = focus.length + namespace.length === 0 ? whole : focusOn(whole, isWanted)
  if (!whole.classes.some(({ isPod }) => isPod)) err('there is no pod or workload: nobody to talk to anybody')
  const text = options.explain === true ? printExplainedClasses(shown) : printClasses(shown, options.output)
  await unwrap(write(text, options.out))
  return exitCodes.ok
})

export const connectivityCommand = (): Command =>
  ofWorld(
    new Command('connectivity')
      .summary('say who can talk to whom')
      .description(
        'Says who can talk to whom, and on which ports: for all pods, some namespaces, or some pods. Pods that no policy tells apart share a line.',
      )
      .addArgument(worldInputs())
      .addOption(repeatable('--focus <pod>', 'only what this pod or workload takes part in'))
      .addOption(repeatable('-n, --namespace <name>', 'only what pods of this namespace take part in'))
      .option('--explain', 'say which rules let it through')
      .option('--exposure <pod>', 'only what this pod is open to, pods that do not exist yet included')
      .option('--no-outside', 'leave out addresses that are no pod'),
  )
    .addOption(calicoOfWorld())
    .addOption(classOutput())
    .addOption(outFile())
    .action(connectivity)
