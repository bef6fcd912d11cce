import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid, printPath, unlessIssues } from '../error.js'
import { newest, oldest, parseVersion, printVersion, type Version } from '../model/calico-version.js'
import { isPlain } from '../model/codec/json.js'
import { isKind } from '../model/kind.js'
import { type Kind, kinds, type Resource } from '../model/resource.js'
import { printResource } from '../model/resource-id.js'
import {
  type CheckRule,
  type Command,
  type Constraint,
  type Context,
  compile,
  type Find,
  none,
} from './engine/constraint.js'
import { constraintOf } from './kind/kinds.js'

/** Which Calico, and which command of calicoctl, a resource is checked for. */
export interface CheckOptions {
  /**
   * The Calico to check for, such as `3.28` or `v3.28.5`; the newest that is known when left out. `any`, where it is not
   * known yet: only what no release takes is refused, which is what the oldest and the newest refuse alike.
   */
  readonly calico?: string
  /** What calicoctl is to do with the resource; `create` when left out, which is the strictest. */
  readonly command?: Command
}

/** The checks of one version, each made when it is first needed. */
interface Checks {
  readonly version: Version
  readonly byKind: Map<Kind, Find<Resource, Issue>>
}

const anyVersion = 'any'

/** The release to check for: the newest, to begin with, where any will do. */
export const checkVersion = ({ calico }: CheckOptions): E.Either<Invalid, Version> =>
  calico === undefined || calico === anyVersion ? E.right(newest) : parseVersion(calico)

// A program asks for one or two versions, and for each of them again and again.
const known = new Map<string, Checks>()
const mostKnown = 32

const checksOf = (options: CheckOptions): E.Either<Invalid, Checks> => {
  const text = options.calico ?? ''
  const found = known.get(text)
  if (found !== undefined) return E.right(found)
  const version = checkVersion(options)
  if (E.isLeft(version)) return version
  if (known.size >= mostKnown) known.clear()
  const checks: Checks = { version: version.right, byKind: new Map() }
  known.set(text, checks)
  return E.right(checks)
}

const findOf = ({ version, byKind }: Checks, kind: Kind): Find<Resource, Issue> => {
  const found = byKind.get(kind)
  if (found !== undefined) return found
  const find = compile<Resource>(constraintOf(kind) as Constraint<Resource>, version) ?? (() => none)
  byKind.set(kind, find)
  return find
}

/** Without what the oldest release takes. */
const ofAny = (issues: ReadonlyArray<Issue>, context: Context): ReadonlyArray<Issue> => {
  const checks = checksOf({ calico: printVersion(oldest) })
  if (E.isLeft(checks) || issues.length === 0) return issues
  const idOf = ({ rule, path }: Issue): string => `${rule} ${printPath(path)}`
  const found = findOf(checks.right, context.resource.kind)(context.resource, { ...context, calico: oldest })
  const ofOldest = new Set(found.map(idOf))
  return issues.filter((issue) => ofOldest.has(idOf(issue)))
}

/** As `decode`: nobody reads more than these. */
const mostIssues = 1_000

const findIn = (
  checks: Checks,
  resource: Resource,
  { calico, command = 'create' }: CheckOptions,
  hasHoles: boolean,
): ReadonlyArray<Issue> => {
  const context = { calico: checks.version, command, resource, hasHoles }
  const ofNewest = findOf(checks, resource.kind)(resource, context)
  const found = calico === anyVersion ? ofAny(ofNewest, context) : ofNewest
  return found.length > mostIssues ? found.slice(0, mostIssues) : found
}

/** What types cannot see. */
const isResource = (value: unknown): boolean => {
  const { kind, metadata, spec } = Object(value)
  return isKind(kind) && isPlain(metadata) && isPlain(spec)
}

const notResource: Issue = {
  rule: 'wrong-type',
  path: [],
  message: 'expected a resource, with kind, metadata and spec',
  hint: 'decodeAndCheck takes what may be none, and says what is wrong with it',
}

/**
 * The resource, if Calico will take it: everything that calicoctl and Calico's client check before they write, for
 * one version of Calico.
 *
 * **Errors**: `Invalid`, with all issues, each with the name of its rule (`checkRules` lists them). A version that
 * is not known is one, too.
 *
 * **Source**: `libcalico-go/lib/validator/v3/validator.go`, `libcalico-go/lib/clientv3`.
 *
 * @example
 * const spec = { ingress: [{ action: 'Allow', destination: { ports: [80] } }] } as const
 * check({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec }) // => Left: ports-need-protocol
 */
export const check = <R extends Resource>(resource: R, options: CheckOptions = {}): E.Either<Invalid, R> => {
  if (!isResource(resource)) return E.left(invalid([notResource]))
  const checks = checksOf(options)
  if (E.isLeft(checks)) return checks
  const found = findIn(checks.right, resource, options, false)
  if (found.length === 0) return E.right(resource)
  const name = printResource(resource)
  return unlessIssues(
    found.map((issue) => ({ ...issue, resource: name })),
    resource,
  )
}

/** What is wrong in those parts of a resource that did decode, beside what is wrong with the others. */
export const checkParts = (parts: Resource, options: CheckOptions): ReadonlyArray<Issue> => {
  const checks = checksOf(options)
  return E.isLeft(checks) ? checks.left.issues : findIn(checks.right, parts, options, true)
}

/** Every rule of `check`. A rule that changed with a release is there once for each of its forms. */
export const checkRules: ReadonlyArray<CheckRule> = [
  ...new Set(kinds.flatMap((kind) => constraintOf(kind).rules)),
]
