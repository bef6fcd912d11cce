// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { labTests, to } from '../lab/lab.js'
import { workshop } from './workshop.js'

const onTheLab = suite('typed-calico on the lab')
const onLab = await labTests(onTheLab)
const namespace = `cli-${process.pid}`

const policies = `import { networkPolicy } from 'typed-calico'

export const web = networkPolicy('web', '${namespace}')
  .selector("app == 'web'")
  .allowIngress({ protocol: 'TCP', source: { selector: "app == 'friend'" }, destination: { ports: [80] } })
`

onLab('plans, applies and cleans up, and packets obey', async (lab) => {
  const place = workshop({ 'policies.ts': policies })
  const env = { KUBECONFIG: lab.kubeconfig, TYPED_CALICO_OWNER: namespace }
  const call = (...args: ReadonlyArray<string>) => place.call([...args, '-n', namespace], { env })
  await lab.kubectl(['create', 'namespace', namespace])
  try {
    const [web, friend, other] = await lab.pods([
      { namespace, name: 'web', labels: { app: 'web' }, serves: ['tcp/80'] },
      { namespace, name: 'friend', labels: { app: 'friend' } },
      { namespace, name: 'other', labels: { app: 'other' } },
    ])
    if (web === undefined || friend === undefined || other === undefined) return assert.unreachable('no pods')
    const reached = async () => [
      ...(await lab.probe(friend, to(web, 'tcp/80'))),
      ...(await lab.probe(other, to(web, 'tcp/80'))),
    ]
    assert.equal(await reached(), ['reachable', 'reachable'])
    assert.is((await call('plan', 'policies.ts')).code, 2)

    const applied = await call('apply', 'policies.ts')
    assert.equal(
      [applied.code, applied.stdout],
      [0, `created   NetworkPolicy(${namespace}/web)\n`],
      applied.stderr,
    )
    assert.match(applied.stderr, 'On context typed-calico-lab (https://')
    assert.equal(await reached(), ['reachable', 'timed out'])
    assert.is((await call('plan', 'policies.ts')).code, 0)

    const cleaned = await call('cleanup')
    assert.equal(
      [cleaned.code, cleaned.stdout],
      [0, `removed   NetworkPolicy(${namespace}/web)\n`],
      cleaned.stderr,
    )
    assert.equal(await reached(), ['reachable', 'reachable'])
    assert.match((await call('status')).stderr, /^0 resources and 0 objects of runs/m)
  } finally {
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
    place.remove()
  }
})

onTheLab.run()
