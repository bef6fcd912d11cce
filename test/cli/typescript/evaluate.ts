import ts from 'typescript'
import { exportedResources } from '../../../src/cli/input/module.js'
import * as library from '../../../src/index.js'

/** What a generated module exports, without a file: run as CommonJS, with this package for what it imports. */
export const evaluate = (code: string): Promise<ReadonlyArray<unknown>> => {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const exports: Record<string, unknown> = {}
  new Function('exports', 'require', outputText)(exports, () => library)
  return exportedResources(exports)
}
