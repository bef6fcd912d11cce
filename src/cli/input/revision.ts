import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { NoInput } from '../failure.js'
import { isInput, isModule, noInput } from './find.js'

/** A file of a git revision, with what was in it. */
export interface RevisionFile {
  /** `main:policies/shop.yaml`. */
  readonly file: string
  readonly text: string
}

interface Ran {
  readonly ok: boolean
  readonly stdout: Buffer
}

const mostBytes = 1 << 30

const git = (args: ReadonlyArray<string>, input = ''): Ran | 'no git' => {
  const { error, status, stdout } = spawnSync('git', args, { input, maxBuffer: mostBytes })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return 'no git'
  return { ok: error === undefined && status === 0, stdout: stdout ?? Buffer.alloc(0) }
}

interface Entry {
  readonly id: string
  readonly path: string
}

/** `100644 blob 4b825dc<TAB>policies/shop.yaml`, ended by NUL. */
const entriesOf = (listed: Buffer): ReadonlyArray<Entry> =>
  listed
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, id, path] = /^100\d+ blob (\S+)\t(.*)$/s.exec(line) ?? []
      return id === undefined || path === undefined ? [] : [{ id, path }]
    })

/** What `git cat-file --batch` prints: for each object a line with its size, and the object. */
const textsOf = (batch: Buffer): ReadonlyArray<string> => {
  const texts: Array<string> = []
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf(10, at)
    const size = Number(batch.toString('utf8', at, end).split(' ')[2])
    texts.push(batch.toString('utf8', end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return texts
}

/** `rev:path`, the revision and the path of an input that is no file; undefined for what is not written so. */
const parts = (input: string): readonly [string, string] | undefined => {
  const at = input.indexOf(':')
  if (at < 1 || input.startsWith('-')) return undefined
  return [input.slice(0, at), posix.normalize(input.slice(at + 1) || '.')]
}

const aside =
  'check the revision out beside this one, as by `git worktree add ../before main`, and name that folder'

/** The files that a git revision has at a path, relative to this folder; `undefined` for an input that names no revision. */
export const revisionFiles = (input: string): E.Either<NoInput, ReadonlyArray<RevisionFile>> | undefined => {
  const [revision, path] = parts(input) ?? []
  if (revision === undefined || path === undefined) return undefined
  const found = git(['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`])
  if (found === 'no git')
    return noInput(`${input} cannot be read: git is not installed here`, 'install it, or name files')
  if (!found.ok) {
    const hint =
      'name a branch, tag or commit of the repository that this folder is in; in CI, check it out with its history'
    return noInput(`there is no file ${input}, and git knows no revision ${revision} here`, hint)
  }
  const commit = found.stdout.toString().trim()
  const listed = git(['ls-tree', '-r', '-z', commit, '--', path])
  const all = listed === 'no git' || !listed.ok ? [] : entriesOf(listed.stdout)
  if (all.length === 0) return noInput(`${revision} has no ${path}`, 'the path is relative to this folder')
  const entries = all.filter((it) => it.path === path || isInput(it.path))
  const texts = entries.filter((it) => !isModule(it.path))
  const module = entries.find((it) => isModule(it.path))
  // To leave it out could hide what a change opens.
  if (module !== undefined)
    return noInput(`${revision}:${module.path} is a module, and is not run from a revision`, aside)
  const read = git(['cat-file', '--batch'], texts.map(({ id }) => `${id}\n`).join(''))
  if (read === 'no git' || !read.ok)
    return noInput(`${input} cannot be read by git`, 'try git cat-file --batch')
  const contents = textsOf(read.stdout)
  return E.right(texts.map((it, index) => ({ file: `${revision}:${it.path}`, text: contents[index] ?? '' })))
}
