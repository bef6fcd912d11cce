// @package
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodes, packed, packedWithClientNode2 } from './packed.js'

const onNode = suite('the packed package on Node')
const { consumer } = packed()

const use = `
const policy = networkPolicy('a', 'shop').selector("app == 'x'").allowIngress({ protocol: 'TCP', destination: { ports: [80] } })
const text = toYaml(policy)
const hard = text + '---\\n{apiVersion: projectcalico.org/v3, "kind": Tier, metadata: {name: t}, spec: {order: 1}}\\n'
const [read, second] = orThrow(fromYaml(hard))
const said = verdict([read], { from: { _tag: 'Address', ip: '10.0.0.1' }, to: { _tag: 'Workload', namespace: 'shop', labels: { app: 'x' } }, protocol: 'TCP', port: 80 })
const main = async () => {
  const cluster = memoryCluster()
  const runner = createRunner({ owner: 'me', cluster })
  const report = await runner.apply([globalNetworkPolicy('b').selector("app == 'x'")])
  await runner.cleanup()
  console.log(JSON.stringify([text.split('\\n')[0], read.kind, second.kind, said.decision, report.items.length, typeof calicoctl, typeof kubeCluster]))
}
main()
`
const names: ReadonlyArray<readonly [string, string]> = [
  ['typed-calico', 'fromYaml, globalNetworkPolicy, networkPolicy, orThrow, toYaml'],
  ['typed-calico/fleet', 'toStorage'],
  ['typed-calico/policy', 'verdict'],
  ['typed-calico/runner', 'createRunner, kubeCluster, memoryCluster'],
  ['typed-calico/testing', 'calicoctl'],
]
const programs = {
  'esm.mjs': names.map(([from, what]) => `import { ${what} } from '${from}'`).join('\n') + use,
  'cjs.cjs': names.map(([from, what]) => `const { ${what} } = require('${from}')`).join('\n') + use,
}
for (const [file, text] of Object.entries(programs)) writeFileSync(join(consumer, file), text)

const runIn = (folder: string, node: string, ...args: ReadonlyArray<string>) => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: folder, env, encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

const run = (node: string, ...args: ReadonlyArray<string>) => runIn(consumer, node, ...args)

const clientNodeIn = (folder: string) => {
  const file = join(folder, 'node_modules/@kubernetes/client-node/package.json')
  return { folder, version: String(JSON.parse(readFileSync(file, 'utf8')).version) }
}
const oldClientNode = clientNodeIn(consumer)
const newClientNode = clientNodeIn(packedWithClientNode2())

/** client-node 2 loads an undici that needs Node 22.19. */
const clientNodesOn = (node: string) => {
  const [major = 0, minor = 0] = run(node, '-p', 'process.versions.node').stdout.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 19) ? [oldClientNode, newClientNode] : [oldClientNode]
}

onNode('comes with client-node 1, and can be given 2', () => {
  assert.match(oldClientNode.version, /^1\./)
  assert.match(newClientNode.version, /^2\./)
})

for (const { name, path } of nodes()) {
  for (const file of Object.keys(programs)) {
    onNode(`every entry works in ${file} on ${name}, without a word on stderr`, () => {
      assert.equal(run(path, file), {
        status: 0,
        stdout: JSON.stringify([
          'apiVersion: projectcalico.org/v3',
          'NetworkPolicy',
          'Tier',
          'allowed',
          1,
          'function',
          'function',
        ]),
        stderr: '',
      })
    })
  }

  for (const { folder, version } of clientNodesOn(path)) {
    onNode(`the cluster of a kubeconfig is asked on ${name} with client-node ${version}`, () => {
      const program = `
        const { createRunner, kubeCluster } = require('typed-calico/runner')
        const kubeconfig = JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'c',
          contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }], users: [{ name: 'u', user: {} }],
          clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1', 'insecure-skip-tls-verify': true } }] })
        require('node:fs').writeFileSync('kubeconfig', kubeconfig)
        createRunner({ owner: 'me', cluster: kubeCluster({ kubeconfig: 'kubeconfig' }) }).status()
          .then(() => console.log('?'), (error) => console.log(error.message))`
      const { stdout, stderr } = runIn(folder, path, '-e', program)
      assert.match(stdout, /ECONNREFUSED|Unreachable/, `${stdout}${stderr}`)
    })
  }

  onNode(`the command works on ${name}`, () => {
    const folder = mkdtempSync(join(consumer, 'policies-'))
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'a.yaml'),
      'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: A_b, namespace: shop}\nspec: {}\n',
    )
    const bin = join(consumer, 'node_modules/.bin/typed-calico')
    assert.match(run(path, bin, '--version').stdout, /^\d+\.\d+\.\d+/)
    const checked = run(path, bin, 'check', folder)
    assert.is(checked.status, 1, checked.stderr)
    assert.match(checked.stdout + checked.stderr, 'A_b')
  })
}

onNode('the command runs by itself', () => {
  const { status, stdout } = run(join(consumer, 'node_modules/.bin/typed-calico'), '--version')
  assert.equal({ status, isVersion: /^\d+\.\d+\.\d+/.test(stdout) }, { status: 0, isVersion: true })
})

onNode.run()
