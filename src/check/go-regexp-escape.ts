/** A place in a text, by its characters. */
export interface Reader {
  readonly chars: ReadonlyArray<string>
  at: number
}

export const at = ({ chars, at: place }: Reader): string => chars[place] ?? ''

const isUnicodeName = (name: string): boolean => {
  if (name === 'Any') return true
  if (!/^\w+$/.test(name)) return false
  return [`\\p{General_Category=${name}}`, `\\p{Script=${name}}`].some((source) => {
    try {
      return new RegExp(source, 'u').source !== ''
    } catch {
      return false
    }
  })
}

/** Behind `\`: `pL`, `PN` or `p{Greek}`. */
export const readUnicodeClass = (reader: Reader): boolean => {
  if (at(reader) !== 'p' && at(reader) !== 'P') return false
  const rest = reader.chars.slice(reader.at, reader.at + 64).join('')
  const found = /^[pP](?:\{\^?([^}]*)\}|\^?([A-Za-z]))/.exec(rest)
  if (found === null || !isUnicodeName(found[1] ?? found[2] ?? '')) return false
  reader.at += [...found[0]].length
  return true
}

const anywhere = /^[dDsSwWafnrtv]/
/** Empty at a place of the text; none of them in a class. */
const outside = /^[AbBz]/
const numeric =
  /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9a-fA-F]{2}|x\{0*(?:[0-9a-fA-F]{1,5}|10[0-9a-fA-F]{4})\})/
const punctuation = /^[^A-Za-z0-9\u0080-\u{10ffff}]/u

/** `\Q` takes all that follows as it stands, up to `\E`. */
const readQuoted = (reader: Reader): true => {
  reader.at++
  while (reader.at < reader.chars.length) {
    if (at(reader) === '\\' && reader.chars[reader.at + 1] === 'E') {
      reader.at += 2
      return true
    }
    reader.at++
  }
  return true
}

/** Behind `\`: what it makes of the next characters; none where Go knows no such escape. */
export const readEscape = (reader: Reader, where: 'outside' | 'class'): boolean => {
  if (where === 'outside' && at(reader) === 'Q') return readQuoted(reader)
  const rest = reader.chars.slice(reader.at, reader.at + 16).join('')
  const found =
    anywhere.exec(rest) ??
    numeric.exec(rest) ??
    punctuation.exec(rest) ??
    (where === 'outside' ? outside.exec(rest) : null)
  if (found === null) return false
  reader.at += [...found[0]].length
  return true
}
