import type { Member } from './class-connectivity.js'

/** So many members are named; the others are counted. */
const mostNamed = 3

/** A class, named by its first members. */
export const printMembers = (members: ReadonlyArray<Member>): string => {
  const names = members
    .slice(0, mostNamed)
    .map(({ name, addresses }) => (addresses === undefined ? name : `${name} (${addresses.join(', ')})`))
  const rest = members.length - mostNamed
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
