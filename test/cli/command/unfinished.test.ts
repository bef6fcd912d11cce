import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { ownerLabel } from '../../../src/runner/state/owner-labels.js'
import { memoryCluster, serveMemory } from '../../../src/testing/index.js'
import { listAll } from '../../runner/observe.js'
import { main } from '../build.js'
import { environment, kubeconfigFor, servedWorkshop, workshop } from '../workshop.js'
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

unfinished('removes what the run made where nobody reads what it says', async () => {
  const place = await servedWorkshop({ 'web.yaml': webYaml })
  await new Promise<void>((done) => {
    const env = environment({ KUBECONFIG: join(place.folder, 'kubeconfig'), TYPED_CALICO_OWNER: 'shop' })
    const child = spawn(process.execPath, [main, 'apply', 'web.yaml'], { cwd: place.folder, env })
    child.stdout.destroy()
    child.stderr.once('data', () => child.stderr.destroy())
    child.on('exit', (code) => {
      assert.is(code, 0)
      done()
    })
  })
  assert.is((await listAll(place.cluster, `${ownerLabel}=shop`)).length, 1)
  await place.close()
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  unfinished(`ends with 130 where ${signal} stops cleanup in the midst of a deletion`, async () => {
    const memory = memoryCluster({ namespaces: ['shop'] })
    let asked = (): void => undefined
    const held = new Promise<void>((resolve) => {
      asked = resolve
    })
    const handle: typeof memory.server.handle = (request, user) => {
      if (request.method !== 'DELETE') return memory.server.handle(request, user)
      asked()
      return new Promise(() => undefined)
    }
    const { url, close } = await serveMemory({ ...memory.server, handle })
    const place = workshop({ kubeconfig: kubeconfigFor(url) })
    try {
      orThrow(
        await createRunner({ owner: 'shop', cluster: memory }).te.apply([networkPolicy('web', 'shop')])(),
      )
      let stop = (_: NodeJS.Signals): void => undefined
      const onStderr = (_: string, kill: typeof stop): void => {
        stop = kill
      }
      const env = { KUBECONFIG: join(place.folder, 'kubeconfig'), TYPED_CALICO_OWNER: 'shop' }
      const ended = place.call(['cleanup'], { env, onStderr })
      await held
      stop(signal)
      const { code, stderr } = await ended
      assert.match(stderr, 'Interrupted: removing what the run made.')
      assert.match(stderr, 'NetworkPolicy(shop/web)')
      assert.is(code, 130)
    } finally {
      await close()
      memory.close()
      place.remove()
    }
  })
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

unfinished('leaves no credentials behind where it is stopped at once', async () => {
  const place = await servedWorkshop({ 'web.yaml': webYaml })
  const temp = join(place.folder, 'tmp')
  mkdirSync(temp)
  place.write('calicoctl', `#!/bin/sh\ntrap '' TERM\ntouch '${place.folder}/started'\nsleep 5\n`)
  chmodSync(join(place.folder, 'calicoctl'), 0o755)
  let [said, stop] = ['', (_: NodeJS.Signals): void => undefined]
  const ended = place.call(['apply', 'web.yaml', '--calicoctl', './calicoctl'], {
    env: { TMPDIR: temp },
    onStderr: (text, kill) => {
      said = text
      stop = kill
    },
  })
  await until(() => existsSync(join(place.folder, 'started')))
  assert.is(readdirSync(temp).length, 1)
  stop('SIGINT')
  await until(() => said.includes('Interrupted'))
  stop('SIGINT')
  const { code, stderr } = await ended
  assert.is(code, 130)
  assert.match(stderr, 'Stopped at once.')
  assert.equal(readdirSync(temp), [])
  await place.close()
})

unfinished.after(place.remove)
unfinished.run()
