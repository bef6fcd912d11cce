import { placeOf } from './input/place.js'
import { version } from './version.js'

/** What to say of an error that nobody foresaw. Where it comes from, and on what, but no stack trace. */
export const explainFault = (error: unknown): string => {
  const place = error instanceof Error ? placeOf(error) : undefined
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where = place === undefined ? '' : ` (${place})`
  const on = `typed-calico ${version()}, Node ${process.version}, ${process.platform} ${process.arch}`
  return [
    `Unexpected error: ${what}${where}`,
    '  → unless the error is in a file of yours, it is a bug in typed-calico: please report it, with the command line and',
    `    ${on}. TYPED_CALICO_DEBUG=1 shows more.`,
  ].join('\n')
}
