import type { Member } from './class-connectivity.js'

/** So many members are named; the others are counted. */
const mostNamed = 3

/** Networks are never among those that are but counted: whoever may be outside is what a reader looks for. */
const inOrder = (members: ReadonlyArray<Member>): ReadonlyArray<Member> => [
  ...members.filter(({ addresses }) => addresses !== undefined),
  ...members.filter(({ addresses }) => addresses === undefined),
]

/** A class, named by its first members. */
export const printMembers = (members: ReadonlyArray<Member>): string => {
  const rest = members.length - mostNamed
  const names = (rest > 0 ? inOrder(members) : members)
    .slice(0, mostNamed)
    .map(({ name, addresses }) => (addresses === undefined ? name : `${name} (${addresses.join(', ')})`))
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
