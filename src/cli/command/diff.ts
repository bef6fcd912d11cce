import { Argument, Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Invalid } from '../../error.js'
import { insideOf } from '../../policy/compiled-world.js'
import type { ClassChange } from '../../policy/connectivity/class-changes.js'
import { compareConnectivity } from '../../policy/connectivity/compare-connectivity.js'
import { printClassChanges } from '../../policy/connectivity/print-changes.js'
import type { ClassFormat } from '../../policy/connectivity/print-classes.js'
import { namedPeer } from '../../policy/query/named-peer.js'
import { exitCodes } from '../exit-code.js'
import { outsideOf } from '../input/outside.js'
import { type Sides, sidesOf, type WorldOptions } from '../input/world.js'
import { write } from '../output/write.js'
import { ofWorld, repeatable } from '../settings/world-group.js'
import { err } from '../terminal.js'
import { act } from './act.js'
import { failOn, type Gate, passes } from './gate.js'
import { outFile } from './option.js'
import { calicoOfWorld, classOutput } from './world-option.js'

interface DiffOptions extends WorldOptions {
  readonly focus?: ReadonlyArray<string>
  readonly failOn?: ReadonlyArray<Gate | 'unguarded'>
  readonly output: ClassFormat
  readonly out?: string
}

const isAmong =
  (names: ReadonlyArray<string>) =>
  ({ from, to }: ClassChange): boolean =>
    [...from, ...to].some(({ name }) => names.includes(name))

/** What was there before, or is there after: a pod that goes is worth a look, too. */
const onEither = ({ before, after }: Sides, text: string): E.Either<Invalid, string> =>
  pipe(
    namedPeer(insideOf(before), text),
    E.orElse(() => namedPeer(insideOf(after), text)),
  )

/** Pods and workloads that only the second side has, and that anybody may reach, or might: no policy surely selects them for that. */
const unguarded = ({ before, after }: Sides, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [old, fresh] = [before, after].map((world) => insideOf(world).endpoints.pods)
  return [...(fresh?.keys() ?? [])].filter(
    (pod) =>
      old?.has(pod) !== true &&
      (names.length === 0 || names.includes(pod)) &&
      after.policiesOf(pod).every(({ types, certain }) => !certain || !types.includes('Ingress')),
  )
}

const diff = act(async (unwrap, before: string, after: string | undefined, options: DiffOptions) => {
  const sides = await unwrap(sidesOf([before, after ?? []].flat(), options))
  const names: Array<string> = []
  for (const text of options.focus ?? []) names.push(await unwrap(onEither(sides, text)))
  const outside = outsideOf(sides.before, sides.after)
  const all = compareConnectivity(sides.before.connectivity(outside), sides.after.connectivity(outside))
  const changes = names.length === 0 ? all : all.filter(isAmong(names))
  await unwrap(write(printClassChanges(changes, options.output), options.out))
  const { failOn: gates = [] } = options
  const open = gates.includes('unguarded') ? unguarded(sides, names) : []
  if (open.length > 0) err(`--fail-on unguarded: no policy says what may come to ${open.join(', ')}`)
  const passed = passes(
    changes,
    gates.filter((it) => it !== 'unguarded'),
  )
  return open.length > 0 ? exitCodes.changes : passed
})

export const diffCommand = (): Command =>
  ofWorld(
    new Command('diff')
      .summary('say what a change of policies opens and closes')
      .description(
        'Says what a change of policies opens and closes between pods, and between pods and the outside. With --world or --context, give what is to be applied; of two inputs, the first is what was applied before.',
      )
      .addArgument(
        new Argument(
          '<before>',
          'a file, a folder, or a git revision with its path, as main:policies or main:.',
        ),
      )
      .addArgument(new Argument('[after]', 'the same after the change'))
      .addOption(
        failOn(
          ['opens', 'closes', 'any', 'unguarded'],
          'something opens or closes between what was there and stays, changes at all, or if no policy says what may come to a new pod or workload',
        ),
      )
      .addOption(repeatable('--focus <pod>', 'only what this pod or workload takes part in')),
  )
    .addOption(calicoOfWorld())
    .addOption(classOutput())
    .addOption(outFile())
    .action(diff)
