import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Invalid } from '../error.js'
import { parseVersion, type Version } from '../model/calico-version.js'
import { type CompiledWorld, compiledWorld } from './compiled-world.js'
import { policyWorld } from './evaluate/policy-world.js'
import { decodeOptions, decodeWorld } from './world/given-world.js'
import { type Reading, readWorld } from './world/read-world.js'
import type { CompileOptions, World } from './world/world.js'

const readingOf = ({ calico, staged }: CompileOptions): E.Either<Invalid, Reading> =>
  E.map(
    (version: Version): Reading => ({
      calico: version,
      isCalicoGiven: calico !== undefined,
      staged: staged === 'enforced',
    }),
  )(parseVersion(calico ?? '3.28'))

/**
 * A world, compiled once for any number of questions: policies in order, selectors read once, endpoints in classes
 * that no policy tells apart.
 *
 * **Errors**: `Invalid`: a list or an option that there is not, a version that is none, and what cannot be decoded or
 * converted. What Calico would refuse beyond that is not looked for: that is `check`'s.
 *
 * @example
 * const world = orThrow(compile({
 *   resources: [networkPolicy('none', 'shop').denyIngress()],
 *   pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }],
 * }))
 * world.verdict({ from: '192.0.2.7', to: 'shop/web', protocol: 'TCP', port: 80 }).decision // => 'denied'
 */
export const compile = (world: World, options: CompileOptions = {}): E.Either<Invalid, CompiledWorld> =>
  pipe(
    decodeOptions(options),
    E.chain(readingOf),
    E.chain((reading) =>
      pipe(
        decodeWorld(world),
        E.chain((given) => readWorld(given, reading)),
        E.map((parts) => compiledWorld(policyWorld(parts, reading.calico), reading)),
      ),
    ),
  )
