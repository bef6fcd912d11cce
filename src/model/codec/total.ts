import type { Issue } from '../../error.js'

/** What `run` gives, or the other where it throws: getters run while a value is read, and may throw. */
export const total = <A>(run: () => A, otherwise: A): A => {
  try {
    return run()
  } catch {
    return otherwise
  }
}

export const unreadable: Issue = {
  rule: 'wrong-type',
  path: [],
  message: 'the value cannot be read: a property of it throws',
}
