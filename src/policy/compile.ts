import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Invalid } from '../error.js'
import { parseVersion } from '../model/calico-version.js'
import { type CompiledWorld, compiledWorld } from './compiled-world.js'
import { policyWorld } from './evaluate/policy-world.js'
import { type Reading, readWorld } from './world/read-world.js'
import type { CompileOptions, World } from './world/world.js'

/**
 * A world, compiled once for any number of questions: policies in order, selectors read once, endpoints in classes
 * that no policy tells apart.
 *
 * **Errors**: `Invalid`: an invalid version, and what cannot be decoded or converted. What Calico would refuse
 * beyond that is not looked for: that is `check`'s.
 *
 * @example
 * const world = orThrow(compile({
 *   resources: [networkPolicy('none', 'shop').denyIngress()],
 *   pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }],
 * }))
 * world.verdict({ from: '192.0.2.7', to: 'shop/web', protocol: 'TCP', port: 80 }).decision // => 'denied'
 */
export const compile = (
  world: World,
  { calico, staged = 'ignored' }: CompileOptions = {},
): E.Either<Invalid, CompiledWorld> =>
  pipe(
    parseVersion(calico ?? '3.28'),
    E.map(
      (version): Reading => ({
        calico: version,
        isCalicoGiven: calico !== undefined,
        staged: staged === 'enforced',
      }),
    ),
    E.chain((reading) =>
      pipe(
        readWorld(world, reading),
        E.map((parts) => compiledWorld(policyWorld(parts, reading.calico), reading)),
      ),
    ),
  )
