import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, type Ask, json } from './ask.js'
import { groupPath } from './path.js'
import type { ApiGroup, CallOptions } from './port.js'

const Group = t.type({ preferredVersion: t.type({ version: t.string }) })
const Resources = t.type({ resources: t.array(t.type({ name: t.string })) })

const core = E.right({ preferredVersion: { version: 'v1' } })

/** What a group serves in its preferred version; subresources left out. */
export const discovering =
  (ask: Ask) =>
  async (group: string, options: CallOptions | undefined): Answer<ApiGroup> => {
    const look = <A>(
      version: string | undefined,
      decode: (value: unknown) => E.Either<unknown, A>,
    ): Answer<A> =>
      ask(
        {
          method: 'GET',
          request: `discover ${group || 'the core API'}`,
          path: groupPath(group, version),
          options,
        },
        json(decode),
      )
    const preferred = group === '' ? core : await look(undefined, Group.decode)
    if (E.isLeft(preferred)) return preferred
    const { version } = preferred.right.preferredVersion
    const served = await look(version, Resources.decode)
    if (E.isLeft(served)) return served
    const resources = served.right.resources.map(({ name }) => name).filter((name) => !name.includes('/'))
    return E.right({ group, version, resources })
  }
