import { spawn } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { main } from '../build.js'
import { environment, workshop } from '../workshop.js'
import { webYaml } from './shop.js'

const unfinished = suite('typed-calico, cut short')

const exporting =
  "export const a = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' } }\n"

const place = workshop({
  'waits.mjs': `await new Promise(() => {})\n${exporting}`,
  'leaves.mjs': `${exporting}process.exit(0)\n`,
  'ticks.mjs': `${exporting}setInterval(() => {}, 1000)\n`,
  'web.yaml': webYaml,
})

unfinished('names a module that never finishes loading, and fails', async () => {
  const { code, stdout, stderr } = await place.call(['render', 'waits.mjs'])
  assert.equal([code, stdout], [66, ''])
  assert.match(stderr, 'BadModule: waits.mjs cannot be loaded: it awaits something that never happens\n  → ')
})

unfinished('names a module that ends the process, and fails', async () => {
  const { code, stdout, stderr } = await place.call(['render', 'leaves.mjs'])
  assert.equal([code, stdout], [66, ''])
  assert.match(stderr, 'BadModule: leaves.mjs cannot be loaded: it called process.exit(0)\n  → ')
})

unfinished('ends where a module keeps timers alive', async () => {
  const { code, stdout } = await place.call(['check', 'ticks.mjs'])
  assert.equal([code, stdout], [0, '1 resource in 1 file: no issues\n'])
})

/** The exit code of the command where nobody reads what it prints. */
const unread = (...args: ReadonlyArray<string>): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: place.folder, env: environment() })
    child.stdout.destroy()
    child.stderr.destroy()
    child.on('exit', (code) => done(code))
  })

unfinished('ends as it would have where nobody reads', async () => {
  assert.equal(await Promise.all([unread('render', 'web.yaml'), unread('render', 'nowhere.yaml')]), [0, 66])
})

unfinished.after(place.remove)
unfinished.run()
