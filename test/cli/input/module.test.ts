import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportedResources } from '../../../src/cli/input/module.js'
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

exported.run()
