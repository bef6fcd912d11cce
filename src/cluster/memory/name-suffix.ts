import { randomInt } from 'node:crypto'

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** Five characters, as Kubernetes puts them behind the names that it makes up. */
export const suffix = (): string =>
  Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
