// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../src/index.js'
import { becomes } from './becomes.js'
import { run } from './command.js'
import { labTests } from './lab.js'

const tests = suite('what a test takes back')
const onLab = await labTests(tests)

const name = `afterwards-${process.pid}`

onLab('is taken back when it is killed, too', async (lab) => {
  const namespaces = async () => (await lab.kubectl(['get', 'namespace', '-o', 'name'])).stdout.split('\n')
  const killed = `
    import { labOrReason } from './test/lab/lab.ts'
    const lab = await labOrReason()
    if (lab._tag === 'Left') throw new Error(lab.left)
    lab.right.afterwards().say('kubectl', 'delete', 'namespace', '${name}', '--wait=false')
    const { code, stderr } = await lab.right.kubectl(['create', 'namespace', '${name}'])
    if (code !== 0) throw new Error(stderr)
    process.kill(process.pid, 'SIGKILL')`
  const { code, stderr } = await run(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    killed,
  ])
  assert.is(code, 128, stderr)
  await becomes(async () => (await namespaces()).includes(`namespace/${name}`), false)
})

onLab('is taken back from the last to the first, and what cannot be is told', async (lab) => {
  const policy = globalNetworkPolicy(name).selector('has(nothing)').denyIngress()
  const afterwards = lab.afterwards()
  afterwards.say('calicoctl', 'get', 'globalnetworkpolicy', name)
  afterwards.remove([policy])
  await lab.calicoctl(['create', '-f', '-'], JSON.stringify(policy))
  const failure = await afterwards.done().then(
    () => '',
    (cause) => `${cause}`,
  )
  assert.match(failure, /not as it was:\nSuccessfully deleted 1 .*\n.*does not exist/)
})

tests.run()
