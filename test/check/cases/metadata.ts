import { type Case, ingress, named } from './case.js'

const labelled = (labels: object): object => named('a', { labels })
const annotated = (annotations: object): object => named('a', { annotations })
const long = (length: number): string => 'x'.repeat(length)

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'reserved-annotation',
    fact: 'the annotation of a stored object, in which Calico keeps its metadata',
    refuses: annotated({ 'projectcalico.org/metadata': '{}' }),
    takes: ingress({ metadata: { annotations: { 'projectcalico.org/metadata': '{}' } } }),
    at: 'metadata.annotations["projectcalico.org/metadata"]',
  },
  {
    rule: 'label-key',
    fact: 'a label key with a space',
    refuses: labelled({ 'a b': '' }),
    takes: labelled({ 'a.b/c_D': '' }),
    at: 'metadata.labels["a b"]',
  },
  {
    rule: 'label-key',
    fact: 'an empty label key',
    refuses: labelled({ '': 'x' }),
    takes: labelled({ x: '' }),
  },
  {
    rule: 'label-key',
    fact: 'two slashes',
    refuses: labelled({ 'a/b/c': '' }),
    takes: labelled({ 'a/b': '' }),
  },
  {
    rule: 'label-key',
    fact: 'a prefix with a capital',
    refuses: labelled({ 'A/b': '' }),
    takes: labelled({ 'a/B': '' }),
  },
  { rule: 'label-key', fact: 'an empty prefix', refuses: labelled({ '/b': '' }), takes: labelled({ b: '' }) },
  {
    rule: 'label-key',
    fact: 'a key of 64 characters behind the slash',
    refuses: labelled({ [`a/${long(64)}`]: '' }),
    takes: labelled({ [`${long(253)}/${long(63)}`]: '' }),
  },
  {
    rule: 'label-key',
    fact: 'a prefix of 254 characters',
    refuses: labelled({ [`${long(254)}/a`]: '' }),
    takes: labelled({ [`${long(253)}/a`]: '' }),
  },
  {
    rule: 'label-value',
    fact: 'a value with a slash',
    refuses: labelled({ a: 'x/y' }),
    takes: labelled({ a: 'x_y.Z' }),
  },
  {
    rule: 'label-value',
    fact: 'a value of 64 characters',
    refuses: labelled({ a: long(64) }),
    takes: labelled({ a: long(63) }),
  },
  {
    rule: 'label-value',
    fact: 'a value that begins with a dot',
    refuses: labelled({ a: '.5' }),
    takes: labelled({ a: '' }),
  },
  {
    rule: 'annotation-key',
    fact: 'a key with a space',
    refuses: annotated({ 'a b': 'x' }),
    takes: annotated({ 'A/B': 'x y' }),
  },
  {
    rule: 'annotation-key',
    fact: 'a bad key in the annotations of a rule',
    refuses: ingress({ metadata: { annotations: { '-a': 'x' } } }),
    takes: ingress({ metadata: { annotations: { a: '-' } } }),
    at: 'spec.ingress[0].metadata.annotations.-a',
  },
  {
    rule: 'annotations-too-large',
    fact: 'annotations of 262145 bytes',
    refuses: annotated({ a: long(262_144) }),
    takes: annotated({ a: long(262_143) }),
  },
  {
    rule: 'annotations-too-large',
    fact: 'annotations by their bytes, not by their characters',
    refuses: annotated({ a: 'é'.repeat(131_072) }),
    takes: annotated({ ab: 'é'.repeat(131_071) }),
  },
  {
    rule: 'resource-version-on-create',
    fact: 'a resourceVersion',
    refuses: named('a', { resourceVersion: '1' }),
    takes: named('a', { uid: 'x', creationTimestamp: '2026-11-22T08:00:00Z' }),
    at: 'metadata.resourceVersion',
  },
]
