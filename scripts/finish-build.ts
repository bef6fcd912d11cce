import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { transformSync } from 'esbuild'
import { bundled } from './bundled.js'

const built = readdirSync('dist', { recursive: true, encoding: 'utf8' })

/** A CommonJS twin for each ES module but the command's: tsup's own splitting breaks classes in small code. */
const commonJs = (code: string): string => {
  const twins = code
    .replaceAll(/(["'])(\.\.?\/[\w./-]+)\.js\1/g, '$1$2.cjs$1')
    // Jest runs CommonJS where `import()` is not available.
    .replaceAll(/\bimport\((["']\.\.?\/[\w./-]+\.cjs["'])\)/g, 'Promise.resolve().then(()=>require($1))')
  return transformSync(twins, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    lineLimit: 120,
  }).code
}

for (const file of built.filter((name) => /^(?!cli\/|parts\/).*\.js$/.test(name))) {
  const code = readFileSync(join('dist', file), 'utf8')
  writeFileSync(join('dist', file.replace(/\.js$/, '.cjs')), commonJs(code))
}

/** The declarations of an ES module are those of its CommonJS twin: a type is the same whichever way it came. */
const declarations = built.filter((file) => /(?:^|\/)index\.d\.cts$/.test(file))
if (declarations.length === 0) throw new Error('dist has no declarations: run npm run build')
for (const file of declarations)
  writeFileSync(
    join('dist', file.replace(/\.cts$/, '.ts')),
    `export * from './${basename(file, '.d.cts')}.cjs'\n`,
  )

/** Who has no declarations of Node's has no `Symbol.asyncDispose`, unless the library is named. */
for (const file of built.filter((name) => name.endsWith('.d.cts'))) {
  const text = readFileSync(join('dist', file), 'utf8')
  if (text.includes('Symbol.asyncDispose'))
    writeFileSync(join('dist', file), `/// <reference lib="esnext.disposable" />\n${text}`)
}

/** What tsup puts into our files. Their licences ask that the notice goes with the copy. */
const noticeOf = (name: string): string => {
  const folder = join('node_modules', name)
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const licence = readFileSync(join(folder, 'LICENSE'), 'utf8').trim()
  return `${name} ${version}\n\n${licence}\n`
}
writeFileSync(
  'dist/NOTICES.txt',
  `Parts of these packages are in the files beside this one.\n\n${bundled.map(noticeOf).join('\n---\n\n')}`,
)
