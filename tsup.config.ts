import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'
import { defineConfig } from 'tsup'
import { bundled } from './scripts/bundled.js'

const entries = {
  index: 'src/index.ts',
  'fleet/index': 'src/fleet/index.ts',
  'policy/index': 'src/policy/index.ts',
  'runner/index': 'src/runner/index.ts',
  'testing/index': 'src/testing/index.ts',
}

/** Each becomes files of its own: with `sideEffects: false`, a bundler leaves out those that a page does not call. */
const parts = [
  'build/resource',
  'check/check',
  'convert/from-admin-network-policy',
  'convert/from-cluster-network-policy',
  'convert/from-kubernetes',
  'model/resource',
  'model/storage/storage',
  'selector/id',
  'selector/match',
  'selector/parse',
  'yaml/read/from-yaml',
  'yaml/print/print',
]

const yaml = join(
  dirname(createRequire(import.meta.url).resolve('yaml/package.json')),
  'browser/dist/index.js',
)

/** ES modules in place of CommonJS, so that only what is used of a dependency is in the package. */
const esModules: Plugin = {
  name: 'es-modules',
  setup(build) {
    build.onResolve({ filter: /^fp-ts\/lib\// }, ({ path, ...from }) =>
      build.resolve(path.replace('/lib/', '/es6/'), from),
    )
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: yaml, sideEffects: false }))
  },
}

/** docs/decisions/0005-what-is-in-the-package.md says why it is made so. */
export default defineConfig([
  {
    format: 'esm',
    entry: {
      ...entries,
      ...Object.fromEntries(parts.map((part) => [`parts/${part.replaceAll('/', '-')}`, `src/${part}.ts`])),
      'cli/main': 'src/cli/main.ts',
    },
    target: 'node20',
    splitting: true,
    minify: true,
    noExternal: bundled,
    esbuildPlugins: [esModules],
    esbuildOptions: (options) => {
      options.mainFields = ['module', 'main']
      options.lineLimit = 120 // Node prints the line that threw: it shall not be the whole file.
    },
  },
  { format: 'cjs', entry: entries, dts: { only: true } },
])
