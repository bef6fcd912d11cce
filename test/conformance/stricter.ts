import { checkRules } from '../../src/check/check.js'
import type { Invalid, Issue } from '../../src/error.js'
import { fold } from '../../src/model/codec/lenient.js'

/**
 * A kind of file that calicoctl takes and we refuse. Each is one that its author would want to know of. Any other
 * refusal of what calicoctl takes is a disagreement.
 */
export interface Reason {
  readonly why: string
  /** Whether it explains an issue, one of all these about a text. */
  readonly is: (issue: Issue, all: ReadonlyArray<Issue>, text: string) => boolean
}

const trailing =
  /^Unexpected .*( at node end| token( in YAML stream: .*)?)$|^Implicit keys need to be on a single line$/

/** The text itself is at fault: what else is said of such a file is an echo of that. */
const ofText: Readonly<Record<string, Reason>> = {
  'a tag': {
    why: 'calicoctl drops it with what it seems to say: `selector: ! has(a)` loses its negation',
    is: ({ rule }) => rule === 'tag',
  },
  'a character that YAML folds': {
    why: 'a line break of Unicode, a carriage return or a byte order mark inside of quotes changes or vanishes',
    is: ({ rule }) => rule === 'character',
  },
  'text after the end': {
    why: 'calicoctl drops what follows the end of a document, or `---`, without a new line and a new document',
    is: ({ rule, message }, _, text) =>
      ['text-after-separator', 'second-document'].includes(rule) ||
      (rule === 'yaml-syntax' && (trailing.test(message) || /^\.\.\./m.test(text))),
  },
  'an anchor in an odd place': {
    why: 'on a key, or without a space after it, YAML 1.1 and 1.2 take it differently',
    is: ({ rule, message }) => rule === 'yaml-1.1' && message.includes('anchor'),
  },
  'a key that is no text': {
    why: 'calicoctl makes "true" of the key yes, and "8" of 010',
    is: ({ rule }) => rule === 'key-not-text',
  },
  'equal keys': {
    why: 'of equal keys, calicoctl silently takes the last',
    is: ({ rule }) => rule === 'duplicate-key',
  },
  'a number too large': {
    why: 'JavaScript holds integers up to 9007199254740991 exactly',
    is: ({ rule, message }) =>
      rule === 'number-too-large' || /^expected an integer, got \d{16,}$/.test(message),
  },
}

/** What `check` refuses of its own accord. */
const ours = new Set(checkRules.flatMap(({ name, by }) => (by === 'typed-calico' ? [name] : [])))

/** What `check` refuses for the API server, which a cluster asks after calicoctl. */
const ofServer = new Set(checkRules.flatMap(({ name, by }) => (by === 'API server' ? [name] : [])))

const lastKey = ({ path }: Issue): string => String(path.at(-1))

const isCaseOf = (issue: Issue): boolean => {
  const { hint = '' } = issue
  const key = lastKey(issue)
  const suggested = /did you mean "(.*)"\?/.exec(hint)?.[1]
  return suggested !== undefined && key !== suggested && fold(key) === fold(suggested)
}

const widenings = [
  ...['unknown-policy-type', 'unknown-operator', 'ip-block-format', 'ip-block-with-selector', 'label-syntax'],
  ...['end-port-without-port', 'empty-protocol', 'operator-values', 'empty-peer', 'except-outside-cidr'],
  'kubernetes-protocol',
]

/** Of a Kubernetes policy: without one, Calico takes the rest of the peer or of the expression for "any". */
const required = new Set(['cidr', 'key', 'operator'])

const ofValues: Readonly<Record<string, Reason>> = {
  'a key in another case': {
    why: 'a key of Calico has one spelling; two of them that differ in case alone are a trap',
    is: (issue, all) =>
      issue.rule === 'missing-key'
        ? all.some(
            (other) => isCaseOf(other) && issue.path.some((key) => fold(`${key}`) === fold(lastKey(other))),
          )
        : issue.rule === 'unknown-key' && isCaseOf(issue),
  },
  'a secret without a name or a key': {
    why: 'the nodes would look for a secret that cannot be',
    is: ({ rule, path }) => rule === 'missing-key' && path.at(-2) === 'secretKeyRef',
  },
  'the key __proto__': {
    why: 'to JavaScript it is no key like others, and nobody means it',
    is: (issue) => issue.rule === 'unknown-key' && lastKey(issue) === '__proto__',
  },
  'a number for a text': {
    why: 'YAML reads yes, 1.10 or 0123 as something else than it looks like; quotes say what is meant',
    is: ({ rule, message }) => rule === 'wrong-type' && message.startsWith('expected a string'),
  },
  'nothing in a list': {
    why: 'Calico takes an empty item of a list for a rule or a peer that matches all',
    is: ({ rule, path, message }) =>
      rule === 'wrong-type' && typeof path.at(-1) === 'number' && message.endsWith('got nothing'),
  },
  "a field of Calico 2's pools": {
    why: 'of `ipip`, calicoctl makes an `ipipMode`: Never, unless it says `enabled`; `nat-outgoing` may only be false',
    is: (issue) => issue.rule === 'unknown-key' && ['ipip', 'nat-outgoing'].includes(lastKey(issue)),
  },
  'a word that BIRD does not know': {
    why: 'calicoctl takes any bindMode; the nodes know None and NodeIP',
    is: ({ rule, path }) => rule === 'unknown-value' && path.at(-1) === 'bindMode',
  },
  'an empty word': {
    why: 'Calico keeps it for a field that knows two or three words, and it says nothing',
    is: ({ rule, message }) => rule === 'unknown-value' && message.endsWith('got ""'),
  },
  'what Calico takes and cannot work': {
    why: 'rules that match nothing, or that the nodes cannot program; the table of `check` marks them with typed-calico',
    is: ({ rule }) => ours.has(rule),
  },
  'what the API server refuses': {
    why: 'calicoctl passes it on, and the API server goes by the definition: a number of more than 31 bits in an int32',
    is: ({ rule }) => ofServer.has(rule),
  },
  'a Kubernetes policy that no cluster has': {
    why: "Kubernetes' API server refuses it; Calico skips what is wrong, and allows more than the policy says",
    is: (issue) =>
      widenings.includes(issue.rule) || (issue.rule === 'missing-key' && required.has(lastKey(issue))),
  },
}

export const reasons: Readonly<Record<string, Reason>> = { ...ofText, ...ofValues }

/** The reason that explains what is refused, if there is one for all of it. */
export const stricterReason = ({ issues }: Invalid, text = ''): string | undefined => {
  const explains = (table: typeof reasons, issue: Issue) =>
    Object.keys(table).find((name) => table[name]?.is(issue, issues, text))
  const atFault = issues.map((issue) => explains(ofText, issue)).find((name) => name !== undefined)
  if (atFault !== undefined) return atFault
  const names = issues.map((issue) => explains(ofValues, issue))
  return names.every((name) => name !== undefined) ? names[0] : undefined
}
