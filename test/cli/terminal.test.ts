import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ownerLabel } from '../../src/runner/state/owner-labels.js'
import { listAll } from '../runner/observe.js'
import { main } from './build.js'
import { webYaml } from './command/shop.js'
import { onTerminal } from './terminal.js'
import { type ServedWorkshop, servedWorkshop } from './workshop.js'

const terminal = suite('typed-calico on a terminal')
const place: ServedWorkshop = await servedWorkshop({ 'web.yaml': webYaml })

const type = (
  args: ReadonlyArray<string>,
  answers: ReadonlyArray<readonly [string, string]> = [],
  env: Readonly<Record<string, string>> = {},
) => {
  const kubeconfig = { KUBECONFIG: join(place.folder, 'kubeconfig'), TYPED_CALICO_OWNER: 'shop' }
  return onTerminal([process.execPath, main, ...args], place.folder, { ...kubeconfig, ...env }, answers)
}

const objects = () => listAll(place.cluster, `${ownerLabel}=shop`)

terminal('shows the plan and asks before it applies; no means no', async () => {
  const { code, screen } = await type(['apply', 'web.yaml'], [['[y/N]', 'n\r']])
  assert.match(screen, '+ create    NetworkPolicy(shop/web)')
  assert.match(screen, /Apply this to context staging \(http:\/\/127\.0\.0\.1:\d+\)\? \[y\/N\]/)
  assert.match(screen, 'Declined: nothing was changed')
  assert.is(code, 1)
  assert.equal(await objects(), [])
})

terminal('takes Ctrl-C for a no', async () => {
  const { code } = await type(['apply', 'web.yaml'], [['[y/N]', '\u0003']])
  assert.is(code, 1)
  assert.equal(await objects(), [])
})

terminal('draws the steps of a run as a list, in colours', async () => {
  const { code, screen } = await type(['apply', 'web.yaml'], [['[y/N]', 'y\r']])
  assert.is(code, 0)
  assert.match(screen, '\u001b[32m')
  assert.match(stripVTControlCharacters(screen), /✔ run calicoctl/)
  assert.match(stripVTControlCharacters(screen), /created +NetworkPolicy\(shop\/web\)/)
  assert.equal(await objects(), ['NetworkPolicy default.web'])
})

terminal('asks nothing where nothing would change', async () => {
  const { code, screen } = await type(['apply', 'web.yaml'])
  assert.not.match(screen, '[y/N]')
  assert.is(code, 0)
})

terminal('honours NO_COLOR', async () => {
  const { screen } = await type(['status'], [], { NO_COLOR: '1' })
  assert.match(screen, 'applied   NetworkPolicy(shop/web)')
  assert.not.match(screen, '\u001b[')
})

terminal('ends a step that fails with a cross', async () => {
  const { code, screen } = await type(['apply', 'web.yaml', '--yes', '--owner', 'other'])
  assert.is(code, 1)
  assert.match(stripVTControlCharacters(screen), /✖ compare/)
  assert.match(screen, 'Foreign: ')
})

terminal(
  'takes Ctrl-C in the middle of a run, removes what the run made, and shows the cursor again',
  async () => {
    const args = [
      'apply',
      'web.yaml',
      '--yes',
      '--owner',
      'other',
      '--adopt',
      '--image',
      'no-such.test/ctl:1',
    ]
    const { code, screen } = await type(args, [['pod: ', '\u0003']])
    assert.is(code, 130)
    assert.match(stripVTControlCharacters(screen), /Interrupted: removing what the run made/)
    assert.match(stripVTControlCharacters(screen), /Of the run itself, removed: .*Job\(shop\/typed-calico-/)
    assert.ok(screen.lastIndexOf('\u001b[?25h') > screen.lastIndexOf('\u001b[?25l'))
  },
)

terminal('asks before it cleans up, and does it with --yes', async () => {
  const asked = await type(['cleanup'], [['[y/N]', '\r']])
  assert.match(asked.screen, 'Remove everything of this owner from context staging')
  assert.equal(await objects(), ['NetworkPolicy default.web'])
  assert.is((await type(['cleanup', '--yes'])).code, 0)
  assert.equal(await objects(), [])
})

terminal.after(place.close)
terminal.run()
