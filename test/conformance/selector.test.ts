import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import { explain } from '../../src/error.js'
import { selectorId } from '../../src/selector/id.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'
import { agree, type Disagreement } from './disagreement.js'
import type { Labels } from './flow-case.js'
import { anySelector, labels } from './generate/selector.js'
import { type Oracle, oracleTests } from './oracle.js'
import { rounds, selectors } from './size.js'

interface Case {
  readonly id: string
  readonly selector: string
  readonly labels: Labels
}

const ourAnswer = ({ selector, labels }: Case): string => {
  const parsed = parseSelector(selector)
  if (E.isLeft(parsed)) return 'refused'
  const { right } = parsed
  return `${printSelector(right)} ${selectorId(right)} ${matches(right, labels)}`
}

const differences = async (
  oracle: Oracle,
  cases: ReadonlyArray<Case>,
): Promise<ReadonlyArray<Disagreement>> => {
  const parsed = await oracle.ask(cases.map(({ selector }) => ({ op: 'selector' as const, selector })))
  const matched = await oracle.ask(
    cases.map(({ selector, labels }) => ({ op: 'match' as const, selector, labels })),
  )
  return cases.flatMap((one, i) => {
    const [form, match] = [parsed[i], matched[i]]
    const calico = form?.ok && match?.ok ? `${form.canonical} ${form.uid} ${match.match}` : 'refused'
    const ours = ourAnswer(one)
    if (calico === ours) return []
    const refusal = parseSelector(one.selector)
    return [
      {
        id: one.id,
        input: JSON.stringify([one.selector, one.labels]),
        calico: form?.ok === false ? `refused: ${form.error}` : calico,
        ours: E.isLeft(refusal) ? explain(refusal.left) : ours,
      },
    ]
  })
}

const conformance = suite('selectors agree with Calico')
const asked = await oracleTests(conformance)

asked(`in ${selectors} generated cases`, async (oracle) => {
  const found: Array<Disagreement> = []
  for (const { count, seed } of rounds(selectors)) {
    const sample = fc.sample(fc.tuple(anySelector, labels), { numRuns: count, seed })
    const cases = sample.map(([selector, labels], i) => ({ id: `seed ${seed} #${i}`, selector, labels }))
    found.push(...(await differences(oracle, cases)))
  }
  agree(selectors, found)
})

asked('in the named cases', async (oracle) => {
  const file = new URL('./cases/selectors.json', import.meta.url)
  const named: Readonly<Record<string, string>> = JSON.parse(await readFile(file, 'utf8'))
  const cases = Object.entries(named).map(([id, selector]) => ({ id, selector, labels: { a: 'b' } }))
  agree(cases.length, await differences(oracle, cases))
})

conformance.run()
