import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

const printer = ts.createPrinter({ removeComments: true })

/** The declaration without its docstrings. */
const print = (declaration: ts.Declaration): string => {
  const whole = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer.printNode(ts.EmitHint.Unspecified, whole, declaration.getSourceFile())
}

const describe = (checker: ts.TypeChecker, exported: ts.Symbol): string => {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
  const { declarations = [], name } = isAlias ? checker.getAliasedSymbol(exported) : exported
  const written = declarations.map((declaration) => print(declaration).replace(/^(?:export |declare )+/, ''))
  const renamed = name === exported.name ? '' : `${exported.name} is `
  return `${renamed}${written.join('\n')}`
}

/** Every name that the package exports, with its declaration. */
export const apiReport = (installed: string): string => {
  const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const entries = Object.entries<{ readonly require?: { readonly types: string } }>(exports).flatMap(
    ([entry, { require }]) =>
      require === undefined
        ? []
        : [{ entry: join('typed-calico', entry), path: join(installed, require.types) }],
  )
  const program = ts.createProgram(
    entries.map(({ path }) => path),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true, types: [] },
  )
  const checker = program.getTypeChecker()
  const sections = entries.map(({ entry, path }) => {
    const file = program.getSourceFile(path)
    const module = file && checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${relative(installed, path)} is no module`)
    const names = [...checker.getExportsOfModule(module)].sort((a, b) => (a.name < b.name ? -1 : 1))
    return `# ${entry}\n\n${names.map((name) => describe(checker, name)).join('\n\n')}\n`
  })
  return sections.join('\n')
}
