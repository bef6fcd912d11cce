import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportedResources, loadModule } from '../../../src/cli/input/module.js'
import { networkPolicy } from '../../../src/index.js'

const exported = suite('exportedResources')
const [a, b, c] = ['a', 'b', 'c'].map((name) => networkPolicy(name, 'shop'))

exported('finds resources, lists of them and promises, and nothing else', async () => {
  const module = {
    a,
    list: [[b], Promise.resolve(c)],
    role: 'web',
    make: () => a,
    none: null,
    settings: { order: 1 },
  }
  assert.equal(await exportedResources(module), [a, b, c])
})

exported('goes by the default export first', async () => {
  assert.equal(await exportedResources({ a, default: [c, a], b }), [c, a, b])
})

exported('finds the exports of a CommonJS module', async () => {
  assert.equal(await exportedResources({ default: { default: [b], a, __esModule: true }, a }), [b, a])
})

exported('takes for a resource what means to be one, for check to refuse', async () => {
  const wrong = { kind: 'NetworkPolicy', metadata: {} }
  assert.equal(await exportedResources({ wrong }), [wrong])
})

exported('refuses an array that contains itself', async () => {
  const list: Array<unknown> = [a]
  list.push([list])
  try {
    await exportedResources({ list })
    assert.unreachable()
  } catch (error) {
    assert.match(String(error), 'an array that it exports contains itself')
  }
})

exported('takes one array twice', async () => {
  const list = [a]
  assert.equal(await exportedResources({ list, all: [list, list] }), [a])
})

exported('names a module that does not finish loading in time', async () => {
  const file = join(tmpdir(), `typed-calico-${process.pid}.mjs`)
  writeFileSync(
    file,
    'const timer = setInterval(() => {}, 1000)\nglobalThis.endIt = () => clearInterval(timer)\nawait new Promise(() => {})\n',
  )
  try {
    const loaded = await loadModule(file, 200)
    assert.ok(E.isLeft(loaded))
    assert.match(loaded.left.message, /\.mjs cannot be loaded: .*it has not finished loading after 0\.2 s/)
  } finally {
    const { endIt } = globalThis as { endIt?: () => void }
    endIt?.()
    rmSync(file)
  }
})

exported.run()
