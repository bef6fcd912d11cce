import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { oracleTests } from './oracle.js'

const policy = (spec: unknown, name = 'p'): string =>
  JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec,
  })

const facts = suite('the oracle')
const asked = await oracleTests(facts)

asked('knows the canonical form and the unique id of a selector', async (oracle) => {
  assert.equal(
    await oracle.ask([
      { op: 'selector', selector: '' },
      { op: 'selector', selector: '! !!has(a)' },
    ]),
    [
      { ok: true, canonical: 'all()', uid: 's:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug' },
      { ok: true, canonical: '!has(a)', uid: 's:o54_r2fLf2o-LJfoAaKVj8JvPRHKmJA2mXVR7g' },
    ],
  )
})

asked('matches an absent label with !=', async (oracle) => {
  assert.equal(
    await oracle.ask([
      { op: 'match', selector: 'a != "b"', labels: {} },
      { op: 'match', selector: 'a == "b"', labels: {} },
    ]),
    [
      { ok: true, match: true },
      { ok: true, match: false },
    ],
  )
})

asked('fills in the types, and empty ends of a rule', async (oracle) => {
  const [answer] = await oracle.ask([{ op: 'validate', doc: policy({ egress: [{ action: 'Allow' }] }) }])
  assert.equal(answer, {
    ok: true,
    canonical: [
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'NetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        spec: { egress: [{ action: 'Allow', source: {}, destination: {} }], types: ['Egress'] },
      },
    ],
  })
})

asked('tells the stage that refused', async (oracle) => {
  const docs = [
    policy({ ingres: [] }),
    '# nothing here\n',
    policy({ ingress: [{ action: 'Allow', source: { ports: [80] } }] }),
    policy({}, 'knp.default.a'),
    policy({ ingress: [{ action: 'Allow', source: { selector: 'has(' } }] }),
  ]
  const answers = await oracle.ask(docs.map((doc) => ({ op: 'validate' as const, doc })))
  assert.equal(
    answers.map((answer) => (answer.ok ? 'ok' : answer.stage)),
    ['parse', 'input', 'resource', 'resource', 'resource'],
  )
})

asked('tells what a real API server would refuse', async (oracle) => {
  const named = (name: string) => policy({}).replace('"p"', JSON.stringify(name))
  const docs = [named('x'.repeat(245)), named('x'.repeat(246)), policy({}).replace('shop', 'Shop')]
  const answers = await oracle.ask(docs.map((doc) => ({ op: 'validate' as const, doc })))
  assert.equal(
    answers.map((answer) => answer.ok && (answer.live ?? true)),
    [true, false, false],
  )
})

asked('reads YAML 1.1 as calicoctl does', async (oracle) => {
  const doc = policy({}).replace('"shop"', '"shop", "labels": {"a": no, "b": 010, "c": 1_000}')
  const [answer] = await oracle.ask([{ op: 'decode', doc }])
  assert.equal(answer?.ok && answer.resources[0]?.metadata, {
    name: 'p',
    namespace: 'shop',
    labels: { a: 'false', b: '8', c: '1000' },
  })
})

asked('converts a Kubernetes NetworkPolicy', async (oracle) => {
  const doc = JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'e1', namespace: 'default' },
    spec: { podSelector: { matchLabels: { app: 'db' } } },
  })
  const [answer] = await oracle.ask([{ op: 'convert', doc }])
  assert.equal(answer?.ok && answer.result.spec, {
    order: 1000,
    selector: "projectcalico.org/orchestrator == 'k8s' && app == 'db'",
    types: ['Ingress'],
  })
})

asked('answers ten thousand questions in order', async (oracle) => {
  const questions = Array.from({ length: 10_000 }, (_, i) => ({
    op: 'selector' as const,
    selector: `a == "${i}"`,
  }))
  const answers = await oracle.ask(questions)
  assert.equal(
    answers.map((answer) => answer.ok && answer.canonical),
    questions.map(({ selector }) => selector),
  )
})

asked('keeps the answers of two who ask at once apart', async (oracle) => {
  const ask = (value: string) => {
    const selector = `a == "${value.repeat(1000)}"`
    return oracle.ask(Array.from({ length: 2_000 }, () => ({ op: 'selector' as const, selector })))
  }
  const [as, bs] = await Promise.all([ask('a'), ask('b')])
  assert.is(new Set(as.map((answer) => answer.ok && answer.canonical)).size, 1)
  assert.is(new Set(bs.map((answer) => answer.ok && answer.canonical)).size, 1)
})

facts.run()
