import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { NetworkPolicy } from '../../src/model/policy/network-policy.js'
import type { Resource } from '../../src/model/resource.js'
import { toJson } from '../../src/yaml/print/json.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { annotated, separatedTexts } from '../yaml/separated-texts.js'
import { agree, type Disagreement } from './disagreement.js'
import { hostileText } from './generate/hostile.js'
import { type Answer, type Oracle, oracleTests } from './oracle.js'
import { rounds } from './size.js'

const count = 5_000

/** Every place for a text has one that is hard to print; nothing else is checked by whoever only reads. */
const hostilePolicy: fc.Arbitrary<NetworkPolicy> = fc
  .record({
    name: hostileText,
    annotations: fc.dictionary(hostileText, hostileText, { minKeys: 1, maxKeys: 4 }),
    selector: hostileText,
    nets: fc.array(hostileText, { maxLength: 3 }),
    note: hostileText,
  })
  .map(({ name, annotations, selector, nets, note }) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: name, labels: annotations, annotations },
    spec: {
      order: 1e21,
      selector,
      ingress: [
        { action: 'Allow', source: { selector, nets }, metadata: { annotations: { note } } },
        { action: 'Deny', protocol: 'TCP', destination: { ports: [80, '1:2'], notSelector: note } },
      ],
      types: ['Ingress'],
    },
  }))

/** JSON that calicoctl's YAML reader cannot read in two ways: ASCII, but for what has no single escape. */
const asciiJson = (resource: Resource): string =>
  JSON.stringify(resource).replace(
    /[\u007f-\ud7ff\ue000-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const annotationsOf = (answer: Answer<'decode'> | undefined): unknown => {
  const metadata = answer?.ok ? answer.resources[0]?.metadata : undefined
  return typeof metadata === 'object' && metadata !== null && 'annotations' in metadata
    ? metadata.annotations
    : answer
}

const differences = async (
  oracle: Oracle,
  policies: ReadonlyArray<NetworkPolicy>,
  print: (policy: NetworkPolicy) => string,
): Promise<ReadonlyArray<Disagreement>> => {
  const read = (docs: ReadonlyArray<string>) =>
    oracle.ask(docs.map((doc) => ({ op: 'decode' as const, doc })))
  const [expected, found] = await Promise.all([
    read(policies.map(asciiJson)),
    read(policies.map((policy) => print(policy))),
  ])
  return policies.flatMap((policy, i) => {
    const [plain, printed] = [expected[i], found[i]]
    const understood = isDeepStrictEqual(annotationsOf(plain), { ...policy.metadata.annotations })
    assert.ok(understood, `misread as plain JSON: ${asciiJson(policy)}`)
    if (JSON.stringify(plain) === JSON.stringify(printed)) return []
    return [
      { id: `#${i}`, input: print(policy), calico: JSON.stringify(printed), ours: JSON.stringify(plain) },
    ]
  })
}

const conformance = suite("calicoctl's decoder reads what we print")
const asked = await oracleTests(conformance)

for (const [form, print] of Object.entries({ YAML: toYaml, JSON: toJson })) {
  asked(`as ${form}, in ${count} policies of hostile texts`, async (oracle) => {
    const found: Array<Disagreement> = []
    for (const size of rounds(count)) {
      const policies = fc.sample(hostilePolicy, { numRuns: size.count, seed: size.seed })
      found.push(...(await differences(oracle, policies, print)))
    }
    agree(count, found)
  })
}

asked('as one file of many documents', async (oracle) => {
  const policies = fc.sample(hostilePolicy, { numRuns: 200, seed: 1 })
  const [one] = await oracle.ask([{ op: 'decode', doc: toYaml(...policies) }])
  const each = await oracle.ask(policies.map((policy) => ({ op: 'decode' as const, doc: asciiJson(policy) })))
  const resources = each.flatMap((answer) => (answer.ok ? answer.resources : []))
  assert.ok(one?.ok && isDeepStrictEqual(one.resources, resources), one?.ok ? 'they differ' : one?.error)
})

asked('raw line separators, which it prints itself, as we do', async (oracle) => {
  const answers = await oracle.ask(
    separatedTexts.map(([written]) => ({ op: 'decode' as const, doc: annotated(written) })),
  )
  assert.equal(
    answers.map(annotationsOf),
    separatedTexts.map(([, text]) => ({ note: text })),
  )
})

conformance.run()
