import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { parseVersion, type Version } from '../../src/model/calico-version.js'
import type { Schema } from '../../src/model/codec/schema.js'
import { type Kind, kindFacts, kinds } from '../../src/model/kind.js'
import { hasCome, hasGone, type Lifetime } from '../../src/model/lifetime.js'
import { codecs } from '../../src/model/resource.js'
import { typeOf } from './crd.js'
import { type Changes, newKinds, since3_28, since3_32, type Word } from './definitions.js'

/** Our fields against what is written down of the definitions of 3.32.1 and 3.33. */
const drift = suite('model against Calico 3.32 and 3.33')

const [v28, v32, v33] = ['3.28.5', '3.32.1', '3.33'].map((text) => orThrow(parseVersion(text))) as [
  Version,
  Version,
  Version,
]

interface Value {
  readonly type: Word
  readonly words: Word
}

const isIn = (lifetime: Lifetime, version: Version): boolean =>
  hasCome(lifetime, version) && !hasGone(lifetime, version)

const wordsOf = (schema: Schema, version: Version): Word => {
  if (schema.kind !== 'literal') return ''
  const known = schema.values.filter((value) => {
    const [since, until] = [schema.since?.[String(value)], schema.until?.[String(value)]]
    return isIn({ ...(since && { since }), ...(until && { until }) }, version)
  })
  return [...known].sort().join('|')
}

/** The values below one, by path: items of a list as `[]`, those of a map as `{}`. */
const below = (schema: Schema, version: Version, path: string): ReadonlyArray<readonly [string, Value]> => {
  const own: readonly [string, Value] = [path, { type: typeOf(schema), words: wordsOf(schema, version) }]
  if (schema.kind === 'array') return [own, ...below(schema.item, version, `${path}[]`)]
  if (schema.kind === 'map') return [own, ...below(schema.value, version, `${path}{}`)]
  if (schema.kind !== 'object') return [own]
  const fields = Object.entries(schema.fields).filter(([, field]) => isIn(field, version))
  return [
    own,
    ...fields.flatMap(([name, field]) =>
      below(field.schema, version, path === '' ? name : `${path}.${name}`),
    ),
  ]
}

const ours = (kind: Kind, version: Version): ReadonlyMap<string, Value> =>
  new Map(below(codecs[kind].schema, version, '').filter(([path]) => /^(?:spec\.|status(?:$|\.))/.test(path)))

const isAs = (value: Value | undefined, word: Word): boolean =>
  value !== undefined && (word.includes('|') ? value.words === word : value.type === word)

const differences = (kind: Kind, from: Version, to: Version, changes: Changes): ReadonlyArray<string> => {
  const [before, after] = [ours(kind, from), ours(kind, to)]
  const added = changes.added[kind] ?? {}
  const removed = changes.removed[kind] ?? []
  const wrong = (words: Readonly<Record<string, Word>>) =>
    Object.entries(words)
      .filter(([path, word]) => !isAs(after.get(path), word))
      .map(([path, word]) => `${kind} ${path}: not ${word}`)
  const paths = new Set([...before.keys(), ...after.keys()])
  const moved = [...paths].filter(
    (path) =>
      (after.has(path) && !before.has(path)) !== Object.hasOwn(added, path) ||
      (before.has(path) && !after.has(path)) !== removed.includes(path),
  )
  const changed = [...after].filter(
    ([path, { words }]) => before.has(path) && before.get(path)?.words !== words,
  )
  return [
    ...wrong(added),
    ...wrong(changes.values[kind] ?? {}),
    ...moved.map((path) => `${kind} ${path}: comes or goes where the definitions do not`),
    ...changed
      .filter(([path]) => !Object.hasOwn(changes.values[kind] ?? {}, path))
      .map(([path]) => `${kind} ${path}: other words where the definitions have none`),
  ]
}

const oldKinds = kinds.filter(
  (kind) => kindFacts[kind].stored === 'crd' && !newKinds.some((one) => one.kind === kind),
)

const noWords = 'other words where the definitions have none'
const live = 'comes or goes where the definitions do not'

/** What is not in the definitions: words that only the code names, and fields that `drift.test.ts` explains. */
const beyond: ReadonlyArray<string> = [
  `IPPool spec.allowedUses[]: ${noWords}`,
  `KubeControllersConfiguration spec.logSeverityScreen: ${noWords}`,
  `KubeControllersConfiguration status.runningConfig.logSeverityScreen: ${noWords}`,
  ...['goGCThreshold', 'goMemoryLimitMB', 'wireguardThreadingEnabled'].map(
    (field) => `FelixConfiguration spec.${field}: ${live}`,
  ),
]

drift('3.32 has the fields that its definitions have', () => {
  const found = oldKinds.flatMap((kind) => differences(kind, v28, v32, since3_28))
  assert.equal(
    found.filter((line) => !beyond.includes(line)),
    [],
  )
})

drift('3.33 has the fields that its definitions have', () => {
  const found = oldKinds.flatMap((kind) => differences(kind, v32, v33, since3_32))
  assert.equal(found, [])
})

drift('the newer kinds have theirs', () => {
  for (const { kind, like, fields } of newKinds) {
    const all = ours(kind, v32)
    const known = like === undefined ? new Map() : ours(like, v32)
    const own = [...all.keys()].filter((path) => !known.has(path))
    assert.equal(own.sort(), Object.keys(fields).sort(), kind)
    for (const [path, word] of Object.entries(fields)) assert.ok(isAs(all.get(path), word), path)
    for (const [path, value] of known) assert.equal(all.get(path), value, `${kind} ${path}`)
  }
})

drift.run()
