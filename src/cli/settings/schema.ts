import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../../error.js'
import {
  boolean,
  type Codec,
  decodeAs,
  integer,
  json,
  list,
  literal,
  map,
  object,
  optional,
  string,
} from '../../model/codec/codec.js'
import { kinds } from '../../model/kind.js'
import type { ImageSettings, PodSettings, RunnerOptions } from '../../runner/settings.js'

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

/** The options of `createRunner` that can be written down, under the same names. */
export type SettingsFile = Partial<Omit<RunnerOptions, 'cluster'>>

interface Raw extends Omit<SettingsFile, 'transport' | 'rbac' | 'pod'> {
  readonly pod?: WrittenPod
  readonly transport?: unknown
  readonly rbac?: unknown
}

const Raw: Codec<Raw> = object<Raw>('settings', {
  owner: optional(string),
  namespace: optional(string),
  transport: optional(json),
  image: optional(Image),
  pod: optional(Pod),
  rbac: optional(json),
  kinds: optional(list(literal(...kinds))),
  lockout: optional(literal('refuse', 'exempt', 'ignore')),
  timeoutMs: optional(integer),
  ttlSeconds: optional(integer),
  graceMs: optional(integer),
  patienceMs: optional(integer),
})

const below = (key: string, { issues: [first, ...others] }: Invalid): Invalid => {
  const move = (issue: Issue): Issue => ({ ...issue, path: [key, ...issue.path] })
  return invalid([move(first), ...others.map(move)])
}

/** A field that is one of some words, or an object. */
const worded = <Word extends string, A>(
  key: string,
  value: unknown,
  words: ReadonlyArray<Word>,
  codec: Codec<A>,
): E.Either<Invalid, Word | A | undefined> => {
  const word = words.find((one) => one === value)
  if (value === undefined || word !== undefined) return E.right(word)
  const decoded = decodeAs(codec, value)
  return E.isLeft(decoded) ? E.left(below(key, decoded.left)) : decoded
}

/** The value as settings. */
export const decodeSettings = (value: unknown): E.Either<Invalid, SettingsFile> => {
  const raw = decodeAs(Raw, value)
  if (E.isLeft(raw)) return raw
  const { rbac: writtenRbac, transport: writtenTransport, ...others } = raw.right
  const rbac = worded('rbac', writtenRbac, ['provision'], ExistingAccount)
  if (E.isLeft(rbac)) return rbac
  const transport = worded('transport', writtenTransport, ['pod', 'api'], LocalCalicoctl)
  if (E.isLeft(transport)) return transport
  return E.right({
    ...others,
    ...(rbac.right === undefined ? {} : { rbac: rbac.right }),
    ...(transport.right === undefined ? {} : { transport: transport.right }),
  })
}
