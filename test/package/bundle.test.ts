// @package
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packed } from './packed.js'

const bundles = suite('the packed pure entry in a browser')
const { consumer } = packed()

/** What a page loads for these exports. An import of `node:` would not bundle. */
const bundle = async (what: string, format: 'esm' | 'iife' = 'esm'): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: `export ${what} from 'typed-calico'`, resolveDir: consumer },
    bundle: true,
    minify: true,
    platform: 'browser',
    format,
    globalName: 'calico',
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** In kB, gzipped, with all dependencies. */
const limits: ReadonlyArray<readonly [string, number]> = [
  ['*', 97],
  ['{ networkPolicy, toYaml, check }', 43],
  ['{ networkPolicy, toYaml }', 17],
  ['{ parseSelector, matches }', 6],
  ['{ label }', 0.2],
]
for (const [what, most] of limits) {
  bundles(`${what} is at most ${most} kB`, async () => {
    const size = gzipSync(await bundle(what), { level: 9 }).length / 1000
    console.log(`${what}: ${size.toFixed(1)} kB gzipped`)
    assert.ok(size <= most, `${size.toFixed(1)} kB`)
  })
}

bundles('runs where there is nothing of Node', async () => {
  const program = `;${await bundle('*', 'iife')};
    const text = calico.toYaml(calico.networkPolicy('a', 'shop').selector("app == 'x'"))
    const read = calico.orThrow(calico.fromYaml(text + '--- # again\\n' + text.replace('name: a', '"name": b')));
    [read.length, calico.selectorId(calico.eq('app', 'x')).length, calico.check(read[0])._tag].join()`
  assert.is(runInNewContext(program, { TextEncoder, btoa }), '2,40,Right')
})

bundles.run()
