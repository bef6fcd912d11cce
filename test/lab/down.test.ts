// @alone
import { appendFile, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from './command.js'
import { supervisor } from './down.js'
import { labTests } from './lab.js'
import { checkout, placeOf } from './place.js'
import { namespacesOf, processesIn, traces } from './traces.js'

const tests = suite('a lab that comes and goes')
// The shared lab shows that labs run here at all; what comes and goes is a second one, beside it.
const onLab = await labTests(tests)

const env = { TYPED_CALICO_LAB: `test-${process.pid}` }
const place = placeOf({ ...process.env, ...env })

const mainOf = (folder: string) => join(folder, 'test/lab/main.ts')

/** `npm run lab -- …` of this checkout or of another, on the second lab. */
const lab = (args: ReadonlyArray<string>, from = checkout) =>
  run(process.execPath, ['--import', 'tsx', mainOf(from), ...args], { env, cwd: checkout })

const succeeds = async (result: ReturnType<typeof lab>): Promise<string> => {
  const { code, stdout, stderr } = await result
  assert.is(code, 0, stderr)
  return stdout + stderr
}

const onePod = ['kubectl', 'run', 'one', '--image=busybox:1.35', '--restart=Never', '--', 'sleep', '1000']

const upWithPod = async (): Promise<ReadonlyArray<string>> => {
  await succeeds(lab(['up']))
  await succeeds(lab(onePod))
  await succeeds(lab(['kubectl', 'wait', '--for=condition=Ready', 'pod/one']))
  const pid = await supervisor(place)
  const child = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const namespaces = await namespacesOf(child.trim())
  assert.ok((await processesIn([namespaces[2] ?? ''])).length > 10)
  return namespaces
}

const untilNone = async (namespaces: ReadonlyArray<string>): Promise<void> => {
  for (let tries = 100; (await processesIn(namespaces)).length > 0 && tries > 0; tries -= 1) await sleep(50)
  assert.equal(await processesIn(namespaces), [])
}

let before: ReadonlyArray<string> = []

onLab('leaves the machine as it was after down', async () => {
  before = await traces(place)
  const namespaces = await upWithPod()
  const during = await traces(place)
  assert.ok(during.some((line) => line.includes(place.id)))
  await succeeds(lab(['down']))
  assert.equal(await traces(place), before)
  await untilNone(namespaces)
})

onLab('ends all its processes when its first one is killed, and down removes the rest', async () => {
  const namespaces = await upWithPod()
  process.kill((await supervisor(place)) ?? 0, 'SIGKILL')
  await untilNone(namespaces)
  assert.match((await lab(['status'])).stderr, 'is not up')
  await succeeds(lab(['down']))
  assert.equal(await traces(place), before)
})

onLab('comes up again after it was killed', async () => {
  await upWithPod()
  process.kill((await supervisor(place)) ?? 0, 'SIGKILL')
  assert.match(await succeeds(lab(['up'])), 'pods can be made')
  await succeeds(lab(['down']))
  assert.equal(await traces(place), before)
})

for (const seconds of [0.8, 2, 5]) {
  onLab(`comes up, and goes, after an up that was killed ${seconds} s after it began`, async () => {
    const limits = ['--signal=KILL', `${seconds}`]
    await run('timeout', [...limits, process.execPath, '--import', 'tsx', mainOf(checkout), 'up'], {
      env,
      cwd: checkout,
    })
    assert.match(await succeeds(lab(['up'])), ': export KUBECONFIG=')
    await succeeds(lab(['down']))
    assert.equal(await traces(place), before)
  })
}

const copies: Array<string> = []

const copyOfCheckout = async (): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'lab-'))
  copies.push(copy)
  await cp(join(checkout, 'test/lab'), join(copy, 'test/lab'), { recursive: true })
  await cp(join(checkout, 'package.json'), join(copy, 'package.json'))
  await symlink(join(checkout, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

onLab('is shared with another checkout, unless that one would make it of other parts', async () => {
  const other = await copyOfCheckout()
  await succeeds(lab(['up']))
  assert.match(await succeeds(lab(['up'], other)), `started from ${checkout}`)
  await appendFile(join(other, 'test/lab/etc/kubelet.yaml'), 'maxPods: 20\n')
  const { code, stderr } = await lab(['up'], other)
  assert.is(code, 1)
  assert.match(stderr, `was started from ${checkout}, and is made of other parts`)
  assert.match(await succeeds(lab(['status'])), 'up since')
  await succeeds(lab(['down'], other))
  assert.equal(await traces(place), before)
})

onLab('tells, when it cannot come up, what the component at fault said last, and goes', async () => {
  const other = await copyOfCheckout()
  await appendFile(join(other, 'test/lab/etc/kubelet.yaml'), 'maxPods: many\n')
  const { code, stderr } = await lab(['up'], other)
  assert.is(code, 1)
  assert.match(stderr, /kubelet keeps ending\n.*kubelet\.log:\n(.*\n)*.*cannot unmarshal string.*maxPods/)
  assert.equal(await traces(place), before)
})

tests.after(async () => {
  await lab(['down'])
  for (const folder of [place.folder, ...copies]) await rm(folder, { recursive: true, force: true })
})
tests.run()
