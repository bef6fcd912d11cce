import ts from 'typescript'
import type { Block } from './blocks.js'

/** What the examples of docstrings may use without saying where it is from. */
const entries = [
  'typed-calico',
  'typed-calico/fleet',
  'typed-calico/policy',
  'typed-calico/runner',
  'typed-calico/testing',
]

const namesIn = (code: string): ReadonlySet<string> => new Set(code.match(/\b[A-Za-z_]\w*\b/g))

const declaredIn = (source: ts.SourceFile): ReadonlySet<string> =>
  new Set(
    source.statements.flatMap((statement) =>
      ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map((declaration) => declaration.name.getText(source))
        : [],
    ),
  )

/** The names of each entry, by entry, in the order in which they are looked up. */
export type Exports = ReadonlyMap<string, ReadonlyArray<string>>

const importsFor = (block: Block, source: ts.SourceFile, exports: Exports, back: string): string => {
  if (block.module === undefined) return ''
  const wanted = namesIn(block.code)
  const taken = new Set(declaredIn(source))
  return [block.module, ...entries]
    .map((from) => {
      const names = (exports.get(from) ?? []).filter((name) => wanted.has(name) && !taken.has(name))
      for (const name of names) taken.add(name)
      const path = from.startsWith('src/') ? `${back}${from.replace(/\.ts$/, '.js')}` : from
      return names.length === 0 ? '' : `import { ${names.join(', ')} } from '${path}'\n`
    })
    .join('')
}

const promise = /^\s*\/\/ => (.*(?:\n\s*\/\/ {2,}.*)*)/

/** `expression // => value` as a call that compares the two. */
const asserted = (source: ts.SourceFile): string =>
  source.statements
    .map((statement) => {
      const text = statement.getFullText(source)
      const said = promise.exec(source.text.slice(statement.end))?.[1]
      if (said === undefined || !ts.isExpressionStatement(statement)) return text
      return `\nawait __holds(async () => (${statement.expression.getText(source)}), ${JSON.stringify(said)})`
    })
    .join('')

/** The block as a module: its imports completed, its promises turned into assertions. */
export const prepare = (block: Block, exports: Exports, back: string): string => {
  const source = ts.createSourceFile('block.ts', block.code, ts.ScriptTarget.Latest, true)
  const head = `import { holds as __holds } from '${back}test/docs/holds.js'\nvoid __holds\n`
  return `${head}${importsFor(block, source, exports, back)}${asserted(source)}\nexport {}\n`
}
