import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../error.js'
import { closest } from '../model/codec/closest.js'
import {
  boolean,
  type Codec,
  decodeAs,
  json,
  list,
  literal,
  map,
  notation,
  object,
  optional,
  string,
} from '../model/codec/codec.js'
import type { ImageSettings, PodSettings, RunnerOptions } from './options.js'
import { decodeOwner } from './state/owner-labels.js'
import { storedKinds } from './state/stored-resource.js'

const Image: Codec<ImageSettings> = object<ImageSettings>('image', {
  name: optional(string),
  command: optional(list(string)),
  pullPolicy: optional(literal('Always', 'IfNotPresent', 'Never')),
})

type Json = Readonly<Record<string, unknown>>

interface WrittenPod extends PodSettings {
  readonly tolerations?: ReadonlyArray<Json>
  readonly affinity?: Json
  readonly resources?: Json
}

const Pod: Codec<WrittenPod> = object<WrittenPod>('pod', {
  labels: optional(map(string)),
  annotations: optional(map(string)),
  nodeSelector: optional(map(string)),
  tolerations: optional(list(map(json))),
  affinity: optional(map(json)),
  priorityClassName: optional(string),
  imagePullSecrets: optional(list(string)),
  resources: optional(map(json)),
  hostNetwork: optional(boolean),
})

type ExistingAccount = Exclude<NonNullable<RunnerOptions['rbac']>, string>
const ExistingAccount: Codec<ExistingAccount> = object<ExistingAccount>('rbac', { serviceAccount: string })

type LocalCalicoctl = Exclude<NonNullable<RunnerOptions['transport']>, string>
const LocalCalicoctl: Codec<LocalCalicoctl> = object<LocalCalicoctl>('transport', { calicoctl: string })

const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0

/** Milliseconds or seconds. */
export const duration: Codec<number> = notation<number>({
  name: 'a number greater than 0',
  json: 'integer',
  is: isDuration,
  read: (value) => (isDuration(value) ? value : undefined),
})

const Owner: Codec<string> = notation<string>({
  name: 'an owner',
  json: 'string',
  is: (value): value is string => typeof value === 'string' && E.isRight(decodeOwner(value)),
  read: (value) => (typeof value === 'string' && E.isRight(decodeOwner(value)) ? value : undefined),
  hint: () => 'use 1 to 40 lower-case letters, digits and "-", with a letter or digit at both ends',
})

/** The options of `createRunner` that can be written down, under the same names. */
export type WrittenOptions = Partial<Omit<RunnerOptions, 'cluster'>>

interface Raw extends Omit<WrittenOptions, 'transport' | 'rbac' | 'pod'> {
  readonly pod?: WrittenPod
  readonly transport?: unknown
  readonly rbac?: unknown
}

const Raw: Codec<Raw> = object<Raw>('Runner option', {
  owner: optional(Owner),
  namespace: optional(string),
  transport: optional(json),
  image: optional(Image),
  pod: optional(Pod),
  rbac: optional(json),
  kinds: optional(list(literal(...storedKinds))),
  ignore: optional(list(string)),
  lockout: optional(literal('refuse', 'exempt', 'ignore')),
  timeoutMs: optional(duration),
  ttlSeconds: optional(duration),
  graceMs: optional(duration),
  patienceMs: optional(duration),
})

/** A field that is one of some words, or an object. */
interface Worded<Word extends string, A> {
  readonly key: string
  readonly words: ReadonlyArray<Word>
  readonly codec: Codec<A>
  /** The object, as it is written. */
  readonly form: string
}

const below = (key: string, { issues: [first, ...others] }: Invalid): Invalid => {
  const move = (issue: Issue): Issue => ({ ...issue, path: [key, ...issue.path] })
  return invalid([move(first), ...others.map(move)])
}

const wordedOf = <Word extends string, A>(
  { key, words, codec, form }: Worded<Word, A>,
  value: unknown,
): E.Either<Invalid, Word | A | undefined> => {
  const word = words.find((one) => one === value)
  if (value === undefined || word !== undefined) return E.right(word)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const decoded = decodeAs(codec, value)
    return E.isLeft(decoded) ? E.left(below(key, decoded.left)) : decoded
  }
  const expected = [...words.map((one) => JSON.stringify(one)), form].join(' or ')
  const meant = typeof value === 'string' ? closest(value, words) : undefined
  const message = `expected ${expected}, got ${JSON.stringify(value)?.slice(0, 64) ?? typeof value}`
  const hint = meant === undefined ? {} : { hint: `did you mean ${JSON.stringify(meant)}?` }
  return E.left(invalid([{ rule: 'unknown-value', path: [key], message, ...hint }]))
}

const rbac: Worded<'provision', ExistingAccount> = {
  key: 'rbac',
  words: ['provision'],
  codec: ExistingAccount,
  form: '{ serviceAccount: NAME }',
}

const transport: Worded<'pod' | 'api', LocalCalicoctl> = {
  key: 'transport',
  words: ['pod', 'api'],
  codec: LocalCalicoctl,
  form: '{ calicoctl: PATH }',
}

const issuesOf = (result: E.Either<Invalid, unknown>): ReadonlyArray<Issue> =>
  E.isLeft(result) ? result.left.issues : []

/** The options as far as they can be written down: as the library and the settings file of the command take them. */
export const decodeOptions = (value: unknown): E.Either<Invalid, WrittenOptions> => {
  const raw = decodeAs(Raw, value)
  const given = Object(value)
  const ofRbac = wordedOf(rbac, given.rbac)
  const ofTransport = wordedOf(transport, given.transport)
  if (E.isLeft(raw) || E.isLeft(ofRbac) || E.isLeft(ofTransport)) {
    return unlessIssues([...issuesOf(raw), ...issuesOf(ofRbac), ...issuesOf(ofTransport)], {})
  }
  return E.right({
    ...raw.right,
    ...(ofRbac.right === undefined ? {} : { rbac: ofRbac.right }),
    ...(ofTransport.right === undefined ? {} : { transport: ofTransport.right }),
  } as WrittenOptions)
}
