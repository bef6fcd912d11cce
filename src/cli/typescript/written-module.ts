import type { Resource } from '../../model/resource.js'
import { builderCode } from './builder.js'
import { braces, type Code, namesIn, printCode } from './code.js'
import { identifiers } from './identifier.js'
import { literal } from './literal.js'
import type { SelectorStyle } from './selector.js'
import { writtenOut } from './written-out.js'

/** What the builder cannot make is a literal that the compiler checks. */
const literalCode = (resource: Resource): string =>
  `${printCode(literal(resource))} as const satisfies Resource`

const constant = (name: string, resource: Resource, code: Code | undefined): string => {
  const start = `export const ${name} = `
  return start + (code === undefined ? literalCode(resource) : printCode(code, '', start.length))
}

/**
 * A module of TypeScript that makes the resources by the builder, and prints the same YAML. It exports each by name,
 * and several of them as a list as well, which keeps their order.
 */
export const toModule = (resources: ReadonlyArray<Resource>, style: SelectorStyle): string => {
  const full = resources.map(writtenOut)
  const codes = full.map((resource) => builderCode(resource, style))
  const used = [...new Set(codes.flatMap((code) => (code === undefined ? [] : namesIn(code))))].sort()
  const names = identifiers(full, [...used, 'Resource'])
  const imported = [...used, ...(codes.includes(undefined) ? ['type Resource'] : [])]
  const constants = full.map((resource, i) => constant(names[i] ?? '', resource, codes[i]))
  const list = names.length > 1 ? [`export default [${names.join(', ')}]`] : []
  const from = " from 'typed-calico'"
  const imports = `import ${printCode(braces(imported), '', 'import '.length + from.length)}${from}`
  return `${[imports, ...constants, ...list].join('\n\n')}\n`
}
