import type { Resource } from '../../model/resource.js'
import type { Comment } from '../../yaml/read/comments.js'
import { builderCode } from './builder.js'
import { braces, type Code, namesIn, printCode } from './code.js'
import { identifiers } from './identifier.js'
import { literal } from './literal.js'
import { notesOf } from './notes.js'
import type { SelectorStyle } from './selector.js'
import { writtenOut } from './written-out.js'

/** What the builder cannot make is a literal that the compiler checks. */
const literalCode = (resource: Resource): string =>
  `${printCode(literal(resource))} as const satisfies Resource`

interface Written {
  readonly resource: Resource
  readonly code: Code | undefined
  /** What is said of the resource, above it. */
  readonly notes: ReadonlyArray<string>
}

const written = (
  resource: Resource,
  style: SelectorStyle,
  comments: ReadonlyArray<Comment> = [],
): Written => {
  const notes = notesOf(comments)
  const code = builderCode(resource, { style, notes })
  // A literal has none within it; and what is said of fields that the builder fills in is said of the resource.
  return { resource, code, notes: (code === undefined ? notesOf(comments) : notes).take() }
}

const constant = (name: string, { resource, code, notes }: Written): string => {
  const start = `export const ${name} = `
  const made = code === undefined ? literalCode(resource) : printCode(code, '', start.length)
  return [...notes, start + made].join('\n')
}

/**
 * A module of TypeScript that makes the resources by the builder, and prints the same YAML. It exports each by name,
 * and several of them as a list as well, which keeps their order. Comments stand above the calls that make what they are
 * about.
 */
export const toModule = (
  resources: ReadonlyArray<Resource>,
  style: SelectorStyle,
  comments: ReadonlyArray<ReadonlyArray<Comment>> = [],
): string => {
  const full = resources.map(writtenOut)
  const all = full.map((resource, index) => written(resource, style, comments[index]))
  const codes = all.map(({ code }) => code)
  const used = [...new Set(codes.flatMap((code) => (code === undefined ? [] : namesIn(code))))].sort()
  const names = identifiers(full, [...used, 'Resource'])
  const imported = [...used, ...(codes.includes(undefined) ? ['type Resource'] : [])]
  const constants = all.map((one, i) => constant(names[i] ?? '', one))
  const list = names.length > 1 ? [`export default [${names.join(', ')}]`] : []
  const from = " from 'typed-calico'"
  const imports = `import ${printCode(braces(imported), '', 'import '.length + from.length)}${from}`
  return `${[imports, ...constants, ...list].join('\n\n')}\n`
}
