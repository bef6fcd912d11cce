import { join, resolve } from 'node:path'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '../..')

const strict: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  declaration: true,
}

/** A program of these texts as files of a user's, by name. `library`: what they import as `typed-calico`. */
export const compile = (
  texts: Readonly<Record<string, string>>,
  { exactOptionalPropertyTypes = true, library = 'src/index.ts' } = {},
): ts.Program => {
  const paths = { 'typed-calico': [join(root, library)] }
  const options = { ...strict, paths, exactOptionalPropertyTypes }
  const files = new Map(Object.entries(texts).map(([name, text]) => [join(root, 'test/types', name), text]))
  const host = ts.createCompilerHost(options)
  return ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, target) => {
      const text = files.get(file)
      return text === undefined ? host.getSourceFile(file, target) : ts.createSourceFile(file, text, target)
    },
  })
}

/** What a text says that the compiler does not take, each message with the text that it is about. */
export interface Complaint {
  readonly message: string
  readonly about: string
}

export const complaints = (program: ts.Program, name: string): ReadonlyArray<Complaint> => {
  const source = program.getSourceFile(join(root, 'test/types', name))
  if (source === undefined) throw new Error(`no file ${name}`)
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText, start = 0, length = 0 }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      about: source.text.slice(start, start + length),
    }),
  )
}

/** The types of a text's constants, as an editor shows them. */
export const hovers = (program: ts.Program, name: string): Readonly<Record<string, string>> => {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(join(root, 'test/types', name))
  if (source === undefined) throw new Error(`no file ${name}`)
  return Object.fromEntries(
    source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .map((node) => [node.name.getText(source), checker.typeToString(checker.getTypeAtLocation(node))]),
  )
}

/** What a user's file looks like to those who use it in turn: its `.d.ts`. */
export const declarationOf = (
  program: ts.Program,
  name: string,
): { readonly messages: ReadonlyArray<string>; readonly output: string } => {
  const source = program.getSourceFile(join(root, 'test/types', name))
  let output = ''
  program.emit(source, (_file, text) => (output += text), undefined, true)
  const messages = program
    .getDeclarationDiagnostics(source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  return { messages, output }
}
