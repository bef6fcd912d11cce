// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { egress, globalNetworkPolicy, hostEndpoint, ingress, toYaml } from '../../src/index.js'
import { lint } from '../../src/policy/lint/lint.js'
import { becomes } from './becomes.js'
import { linkOf } from './host-worlds.js'
import { type Answer, labTests } from './lab.js'

/* What verdicts do not say, for they are about first packets: what becomes of answers that no connection is known of. */
const untracked = suite('what hosts let through untracked, with real packets')
const onLab = await labTests(untracked)

const name = `untracked-${process.pid}`
const port = 8005
const served = [`tcp/${port}`, `udp/${port}`] as const
// No other test has these of the links.
const [silent, answered, toPod] = [50, 51, 52].map(linkOf)

onLab('gets no answer by TCP unless that is let back, from the node, and none from a pod', async (lab) => {
  if (silent === undefined || answered === undefined || toPod === undefined) return assert.unreachable()
  const afterwards = lab.afterwards()
  afterwards.say('kubectl', 'delete', 'namespace', name, '--wait=false')
  const links = [silent, answered, toPod]
  const outsiders = await lab.outsiders(links, [])
  try {
    await lab.kubectl(['create', 'namespace', name])
    const [pod] = await lab.pods([
      { namespace: name, name: 'pod', serves: served },
      { namespace: name, name: 'process', serves: served, hostNetwork: true },
    ])
    const targets = [silent.node, answered.node, pod?.ip ?? '']
    const seen = () =>
      Promise.all(targets.map((ip, i) => outsiders.probe(i, `tcp/${ip}:${port}`, `udp/${ip}:${port}`)))
    const all: ReadonlyArray<Answer> = ['reachable', 'reachable']
    await becomes(seen, [all, all, all])

    const both = ['TCP', 'UDP'] as const
    const policies = links.map(({ interface: link }, i) => {
      const there = { nets: [`${targets[i]}/32`], ports: [port] } as const
      const policy = globalNetworkPolicy(`${name}-${link}`)
        .selector(`link == '${name}-${link}'`)
        .applyOnForward()
        .doNotTrack()
        .ingress(...both.map((protocol) => ingress.allow({ protocol, destination: there })))
      return i === 0
        ? policy
        : policy.egress(...both.map((protocol) => egress.allow({ protocol, source: there })))
    })
    assert.equal(
      policies.map((policy) => lint([policy]).map(({ rule }) => rule)),
      [['untracked-one-way'], [], []],
    )
    const endpoints = links.map(({ interface: link }) =>
      hostEndpoint(`${name}-${link}`, 'lab')
        .interfaceName(link)
        .labels({ link: `${name}-${link}` })
        .profiles('projectcalico-default-allow'),
    )
    afterwards.remove([...policies, ...endpoints])
    const { code, stderr } = await lab.calicoctl(['apply', '-f', '-'], toYaml(...policies, ...endpoints))
    assert.is(code, 0, stderr)
    const datagrams: ReadonlyArray<Answer> = ['timed out', 'reachable']
    await becomes(seen, [datagrams, all, datagrams])
  } finally {
    await afterwards.done()
    await outsiders.end()
  }
})

untracked.run()
