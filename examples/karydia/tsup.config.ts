import { defineConfig } from 'tsup'

/** One file with everything in it: the image needs no node_modules. */
export default defineConfig({
  entry: ['src/main.ts'],
  format: 'cjs',
  target: 'node20',
  noExternal: [/.*/],
  outExtension: () => ({ js: '.cjs' }),
  minify: true,
  clean: true,
})
