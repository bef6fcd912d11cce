import fc from 'fast-check'
import { accountNames, key, namespaceNames, value } from './words.js'

type Text = fc.Arbitrary<string>

const quoted = value.map((text) => `'${text}'`)
const join = (...parts: ReadonlyArray<Text>): Text => fc.tuple(...parts).map((texts) => texts.join(' '))
const words = (...texts: ReadonlyArray<string>): Text => fc.constantFrom(...texts)

const set = fc.array(quoted, { minLength: 1, maxLength: 3 }).map((values) => `{${values.join(', ')}}`)
const part = fc.constantFrom(`'e'`, `'b'`, `'-'`, `'a'`, `'w'`, `''`)

const ofLabels = (name: Text): Text =>
  fc.oneof(
    { weight: 4, arbitrary: join(name, words('==', '!='), quoted) },
    { weight: 2, arbitrary: join(name, words('in', 'not in'), set) },
    { weight: 2, arbitrary: name.map((it) => `has(${it})`) },
    { weight: 1, arbitrary: name.map((it) => `!has(${it})`) },
    { weight: 1, arbitrary: join(name, words('contains', 'starts with', 'ends with'), part) },
  )

const combined = (atom: Text): Text =>
  fc.oneof(
    { weight: 8, arbitrary: atom },
    { weight: 1, arbitrary: fc.constant('all()') },
    { weight: 1, arbitrary: atom.map((it) => `!(${it})`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(atom, words('&&', '||'), atom)
        .map(([one, both, other]) => `(${one}) ${both} (${other})`),
    },
  )

const fixed = (texts: ReadonlyArray<string>): Text => fc.constantFrom(...texts)

/** Of pods, sets and host endpoints: also by what Calico itself says of them. */
export const selector: Text = fc.oneof(
  { weight: 10, arbitrary: combined(ofLabels(key)) },
  {
    weight: 1,
    arbitrary: fixed([
      ...namespaceNames.map((name) => `projectcalico.org/namespace == '${name}'`),
      ...accountNames.map((name) => `projectcalico.org/serviceaccount == '${name}'`),
      "projectcalico.org/orchestrator == 'k8s'",
      '!has(projectcalico.org/orchestrator)',
      '!has(projectcalico.org/namespace)',
      "pcns.env == 'web'",
    ]),
  },
)

/** Of namespaces, and of what has none. */
export const namespaceSelector: Text = fc.oneof(
  { weight: 5, arbitrary: combined(ofLabels(key)) },
  {
    weight: 3,
    arbitrary: fixed(
      namespaceNames.flatMap((name) => [
        `projectcalico.org/name == '${name}'`,
        `projectcalico.org/name != '${name}'`,
        `kubernetes.io/metadata.name in {'${name}', 'shop'}`,
      ]),
    ),
  },
)

export const accountSelector: Text = fc.oneof(
  { weight: 3, arbitrary: combined(ofLabels(key)) },
  {
    weight: 1,
    arbitrary: fixed([...accountNames.map((name) => `projectcalico.org/name == '${name}'`), 'all()']),
  },
)
