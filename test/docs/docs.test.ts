import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allBlocks, type Block } from './blocks.js'
import { type Exports, prepare } from './prepare.js'

const docs = suite('the documentation')
const folder = 'test/docs/.run'

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
  ts.sys,
  '.',
)
const entryFiles: Readonly<Record<string, string>> = {
  'typed-calico': 'src/index.ts',
  'typed-calico/fleet': 'src/fleet/index.ts',
  'typed-calico/policy': 'src/policy/index.ts',
  'typed-calico/runner': 'src/runner/index.ts',
  'typed-calico/testing': 'src/testing/index.ts',
}

const isValue =
  (checker: ts.TypeChecker) =>
  (symbol: ts.Symbol): boolean => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const asType = symbol.declarations?.some(ts.isTypeOnlyExportDeclaration) === true
    return !asType && (target.flags & ts.SymbolFlags.Value) !== 0
  }

/** What each entry, and each file with examples, exports as values. */
const exportsOf = (blocks: ReadonlyArray<Block>): Exports => {
  const files = [...new Set(blocks.flatMap(({ module }) => module ?? []))]
  const named = [...Object.entries(entryFiles), ...files.map((file) => [file, file] as const)]
  const program = ts.createProgram(
    named.map(([, file]) => file),
    config.options,
  )
  const checker = program.getTypeChecker()
  return new Map(
    named.map(([name, file]) => {
      const source = program.getSourceFile(file)
      const symbol = source && checker.getSymbolAtLocation(source)
      return [
        name,
        symbol === undefined
          ? []
          : checker
              .getExportsOfModule(symbol)
              .filter(isValue(checker))
              .map((it) => it.name),
      ]
    }),
  )
}

const blocks = allBlocks()
const files = blocks.map((_, index) => join(folder, `block-${index}.ts`))
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const exports = exportsOf(blocks)
const back = `${relative(folder, '.')}/`
for (const [index, block] of blocks.entries())
  writeFileSync(files[index] ?? '', prepare(block, exports, back))

docs('compiles, every block of it', () => {
  const options = { ...config.options, noUnusedLocals: false, noUnusedParameters: false }
  const program = ts.createProgram([...files], options)
  const wrong = files.flatMap((file, index) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
      return `${blocks[index]?.place}: ${text}`
    }),
  )
  assert.equal(wrong, [])
})

/** Blocks that reach for a cluster of the reader's are compiled, not run. */
const needsCluster = (code: string): boolean =>
  /kubeCluster\(|\brunner\.|createRunner\(/.test(code) && !/memoryCluster\(/.test(code)

const printed = async (file: string): Promise<string> => {
  const lines: Array<string> = []
  const { log } = console
  console.log = (...values: ReadonlyArray<unknown>) => void lines.push(values.join(' '))
  try {
    await import(pathToFileURL(resolve(file)).href)
  } finally {
    console.log = log
  }
  return lines.join('\n')
}

for (const [index, block] of blocks.entries()) {
  if (needsCluster(block.code)) continue
  docs(`${block.place} does what it says`, async () => {
    const output = await printed(files[index] ?? '')
    if (block.output !== undefined) assert.is(output.trim(), block.output.trim())
  })
}

docs('has blocks to hold', () => assert.ok(blocks.length > 10))

docs.run()
