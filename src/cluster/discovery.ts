import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { inParallel } from '../async/parallel.js'
import { type Answer, type Ask, json } from './ask.js'
import { groupPath } from './path.js'
import type { ApiGroup, CallOptions, ResourceType } from './port.js'

const Group = t.intersection([
  t.type({ preferredVersion: t.type({ version: t.string }) }),
  t.partial({ versions: t.array(t.type({ version: t.string })) }),
])
const Resource = t.intersection([
  t.type({ name: t.string }),
  t.partial({ kind: t.string, namespaced: t.boolean, verbs: t.array(t.string) }),
])
const Resources = t.type({ resources: t.array(Resource) })
const Groups = t.type({
  groups: t.array(t.type({ name: t.string, preferredVersion: t.type({ version: t.string }) })),
})

const core: E.Either<never, t.TypeOf<typeof Group>> = E.right({ preferredVersion: { version: 'v1' } })

type Look = <A>(
  group: string,
  version: string | undefined,
  decode: (value: unknown) => E.Either<unknown, A>,
) => Answer<A>

const looking =
  (ask: Ask, options: CallOptions | undefined): Look =>
  (group, version, decode) =>
    ask(
      {
        method: 'GET',
        request: `discover ${group || 'the core API'}`,
        path: groupPath(group, version),
        options,
      },
      json(decode),
    )

/** What a group serves in its preferred version; subresources left out. */
export const discovering =
  (ask: Ask) =>
  async (group: string, options: CallOptions | undefined): Answer<ApiGroup> => {
    const look = looking(ask, options)
    const preferred = group === '' ? core : await look(group, undefined, Group.decode)
    if (E.isLeft(preferred)) return preferred
    const { preferredVersion, versions = [preferredVersion] } = preferred.right
    const { version } = preferredVersion
    const served = await look(group, version, Resources.decode)
    if (E.isLeft(served)) return served
    const resources = served.right.resources.map(({ name }) => name).filter((name) => !name.includes('/'))
    return E.right({ group, version, resources, versions: versions.map((it) => it.version) })
  }

const typesIn = (
  group: string,
  version: string,
  { resources }: t.TypeOf<typeof Resources>,
): ReadonlyArray<ResourceType> =>
  resources
    .filter(
      ({ name, namespaced, verbs }) => namespaced === true && !name.includes('/') && verbs?.includes('list'),
    )
    .map(({ name, kind = name }) => ({ group, version, resource: name, kind, namespaced: true }))

/** Every namespaced kind that can be listed, of all groups. */
export const discoveringTypes =
  (ask: Ask) =>
  async (options: CallOptions | undefined): Answer<ReadonlyArray<ResourceType>> => {
    const look = looking(ask, options)
    const groups = await ask(
      { method: 'GET', request: 'discover all API groups', path: E.right('/apis'), options },
      json(Groups.decode),
    )
    if (E.isLeft(groups)) return groups
    const named = groups.right.groups.map(({ name, preferredVersion: { version } }) => ({ name, version }))
    const served = await inParallel([{ name: '', version: 'v1' }, ...named], async ({ name, version }) =>
      E.map((it: t.TypeOf<typeof Resources>) => typesIn(name, version, it))(
        await look(name, version, Resources.decode),
      ),
    )
    return E.map((types: ReadonlyArray<ReadonlyArray<ResourceType>>) => types.flat())(E.sequenceArray(served))
  }
