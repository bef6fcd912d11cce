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
} from '../../model/codec.js'
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

/** The options of `createRunner` that can be written down, under the same names. */
export type SettingsFile = Partial<Omit<RunnerOptions, 'cluster'>>

interface Raw extends Omit<SettingsFile, 'rbac' | 'pod'> {
  readonly pod?: WrittenPod
  readonly rbac?: unknown
}

const Raw: Codec<Raw> = object<Raw>('settings', {
  owner: optional(string),
  namespace: optional(string),
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

/** The value as settings. */
export const decodeSettings = (value: unknown): E.Either<Invalid, SettingsFile> => {
  const raw = decodeAs(Raw, value)
  if (E.isLeft(raw)) return raw
  const { rbac, ...others } = raw.right
  if (rbac === undefined || rbac === 'provision')
    return E.right(rbac === undefined ? others : { ...others, rbac })
  const account = decodeAs(ExistingAccount, rbac)
  return E.isLeft(account) ? E.left(below('rbac', account.left)) : E.right({ ...others, rbac: account.right })
}
