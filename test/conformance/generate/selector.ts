import fc from 'fast-check'
import type { Labels } from '../flow-case.js'
import { breakText } from './break-text.js'
import { dice, split } from './pool.js'

type Text = fc.Arbitrary<string>

const oneOf = (words: string): Text => fc.constantFrom(...split(words))
const join = (...parts: ReadonlyArray<Text>): Text => fc.tuple(...parts).map((texts) => texts.join(''))
const often = (usual: Text, odd: Text): Text =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd })
const few = (item: Text, most: number): fc.Arbitrary<ReadonlyArray<string>> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(item, { minLength: 1, maxLength: most }) },
  )

const space = oneOf('||| | | |\t|  ')
const gap = oneOf(' | | | | |\t|  ')
const label = often(
  oneOf('a|b|app|role|k8s-app|a.b|a/b|projectcalico.org/namespace'),
  fc.oneof(
    oneOf('-a|0|in|not|has|all|contains|starts|allx|hasa|globalx|.|/|_|x-'),
    fc.constantFrom('x'.repeat(63), 'x-', 'x'.repeat(512)),
  ),
)
const value = often(
  oneOf('a|b|web|x-1|'),
  oneOf('a b|all()|has(a)|)|&&|é|x,y|}|1|A|\t|\u{1f600}|\\|global()'),
)
const quoted = often(
  fc.tuple(value, oneOf('"|\'')).map(([text, mark]) => mark + text + mark),
  oneOf(`"'"|'"'|"a'b"|'a"b'|"a\nb"|""`),
)

const set = fc
  .tuple(few(join(space, quoted, space), 4), oneOf('||,|, '))
  .map(([items, last]) => `{${items.join(',')}${items.length > 0 ? last : ''}}`)
const affix = oneOf('contains|starts with|ends with|startswith|endswith|ends  with|starts\twith')
const comparison = fc.oneof(
  { weight: 4, arbitrary: join(label, space, oneOf('==|!='), space, quoted) },
  { weight: 2, arbitrary: join(label, gap, affix, space, quoted) },
  { weight: 3, arbitrary: join(label, gap, oneOf('in|not in|notin|not\tin|not  in'), space, set) },
)
const call = (name: string, argument: Text): Text =>
  join(fc.constant(`${name}(`), space, argument, space, fc.constant(')'))
const nothing = fc.constant('')
const atom = fc.oneof(
  { weight: 6, arbitrary: comparison },
  { weight: 3, arbitrary: call('has', label) },
  { weight: 1, arbitrary: call('all', nothing) },
  { weight: 1, arbitrary: call('global', nothing) },
)

const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small' },
    { weight: 8, arbitrary: atom },
    { weight: 1, arbitrary: join(oneOf('!|! |!!|!\t! !'), tie('operand')) },
    { weight: 1, arbitrary: call('', tie('expression')) },
  ),
  expression: fc
    .tuple(tie('operand'), few(join(space, fc.constantFrom('&&', '||'), space, tie('operand')), 3))
    .map(([first, rest]) => first + rest.join('')),
}))

/** A selector of Calico's grammar. */
export const goodSelector: Text = fc.oneof(
  { weight: 30, arbitrary: join(space, expression, space) },
  { weight: 1, arbitrary: oneOf('| |\t|all()') },
)

/** A selector, one in four broken somewhere. */
export const anySelector: Text = fc
  .tuple(goodSelector, fc.integer())
  .map(([text, seed]) => (dice(seed).oneIn(4) ? breakText(text, dice(seed + 1), marks) : text))

const marks: ReadonlyArray<string> = [
  ...split(
    `!|&|&&|(|)|()|'|"|{|}|,| |\t|\n|\r|=|==|!=|\u00a0|\u000b|\u0085|$|{}|[|has|has(|all|all()|global()|in`,
  ),
  ...split('not|not in|starts|with|a|0|-|.|/|_|é|\0|@|\u017f|in{|== ""|x x|!!|((|))'),
  ...['|', '||', 'x'.repeat(513)],
]

/** Labels that often have what a selector asks for. */
export const labels: fc.Arbitrary<Labels> = fc.dictionary(label, value, { maxKeys: 5 })
