import { isDnsSubdomain } from '../check/value/dns-name.js'
import type { Issue } from '../error.js'

/** What is wrong with the name that an object is to have; `room` characters are left for it. */
export const nameIssues = (option: string, name: unknown, room = 253): ReadonlyArray<Issue> => {
  if (typeof name === 'string' && isDnsSubdomain(name) && name.length <= room) return []
  const message =
    typeof name === 'string' && name.length > room
      ? `a name of ${name.length} characters is too long: at most ${room} are allowed`
      : `${JSON.stringify(name)?.slice(0, 80) ?? 'nothing'} is not a name that Kubernetes takes`
  const hint = 'use lower-case letters, digits, "-" and ".", with a letter or digit at both ends'
  return [{ rule: 'name', path: [option], message, hint }]
}
