import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Test } from 'uvu'
import { type Built, buildOracle, hasGo } from './build-oracle.js'
import type { Flow, Governed, Labels, Manifest, World } from './flow-case.js'

export type Question =
  /** Would `calicoctl create -f` take this file, and what would it store? */
  | { readonly op: 'validate'; readonly doc: string }
  /** What does calicoctl read in this file, before any check? */
  | { readonly op: 'decode'; readonly doc: string }
  /** What does `calicoctl convert` make of this Kubernetes NetworkPolicy? */
  | { readonly op: 'convert'; readonly doc: string }
  | { readonly op: 'selector'; readonly selector: string }
  | { readonly op: 'match'; readonly selector: string; readonly labels: Labels }
  /** What does Felix do with the first packet of each of these, and what decides? */
  | { readonly op: 'flows'; readonly world: World; readonly flows: ReadonlyArray<Flow> }
  /** Which kinds does calicoctl know, and what is in them? */
  | { readonly op: 'kinds' }

/** A Go type as a manifest shows it, with the tag that Calico's validator reads. */
export interface Shape {
  readonly go: string
  readonly validate?: string
  readonly fields?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly values?: Shape
}

export interface Kind {
  readonly namespaced: boolean
  readonly shape: Shape
}

/** `stage` is where Calico stopped; `panic` means that it crashed, `differ` that the oracle cannot say. */
export interface Refused {
  readonly ok: false
  readonly stage: 'parse' | 'input' | 'resource' | 'convert' | 'validate' | 'print' | 'panic' | 'differ'
  readonly error: string
}

interface Accepted {
  /** `live` is false where calicoctl sends what a real API server then refuses. */
  readonly validate: {
    readonly canonical: ReadonlyArray<Manifest>
    readonly live?: false
    readonly liveError?: string
  }
  readonly decode: { readonly resources: ReadonlyArray<Manifest> }
  readonly convert: { readonly result: Manifest }
  readonly selector: { readonly canonical: string; readonly uid: string }
  readonly match: { readonly match: boolean }
  readonly flows: {
    /** `+` or `-` for each flow, then what decided, in order. */
    readonly expected: ReadonlyArray<string>
    /** By node and interface, the host endpoint and the policies that it asks. */
    readonly endpoints: Readonly<Record<string, Readonly<Record<string, Governed>>>>
  }
  readonly kinds: { readonly kinds: Readonly<Record<string, Kind>> }
}

export type Answer<Op extends Question['op']> = Refused | ({ readonly ok: true } & Accepted[Op])

export interface Oracle {
  /** Answers in the order of the questions. */
  readonly ask: <Q extends Question>(questions: ReadonlyArray<Q>) => Promise<ReadonlyArray<Answer<Q['op']>>>
  readonly close: () => Promise<void>
}

/**
 * Calico's own verdicts. Without Go there is none: on CI that is a failure, elsewhere a line says so and the
 * caller has nothing to compare with.
 */
export const openOracle = async (): Promise<Oracle | undefined> => {
  if (await hasGo()) return start(await buildOracle())
  if (process.env.CI === 'true') throw new Error('The oracle is written in Go, and `go` is not on the PATH.')
  console.log('skipped for want of Go: the oracle is written in it, and `go` is not on the PATH')
  return undefined
}

/** Declares a test that is handed the oracle, or is skipped where there is none. */
export type OracleTest = (name: string, test: (oracle: Oracle) => Promise<void>) => void

/** `const asked = await oracleTests(tests)`; then `asked('is a fact', async (oracle) => …)`. */
export const oracleTests = async (tests: Test): Promise<OracleTest> => {
  const oracle = await openOracle()
  if (oracle === undefined) return (name) => tests.skip(name, () => {})
  tests.after(() => oracle.close())
  return (name, test) => tests(name, () => test(oracle))
}

const start = ({ binary, definitions }: Built): Oracle => {
  const child = spawn(binary, { env: { ...process.env, CALICO_DEFINITIONS: definitions } })
  child.stderr.pipe(process.stderr)
  // A broken pipe is told by 'close', with the questions that it leaves open.
  child.stdin.on('error', () => undefined)
  const waiting: Array<{ resolve: (answer: unknown) => void; reject: (cause: Error) => void }> = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)))
  child.once('close', (code, signal) => {
    const cause = new Error(
      `The oracle ended (${signal ?? code}) with ${waiting.length} questions unanswered.`,
    )
    for (const { reject } of waiting.splice(0)) reject(cause)
  })

  // Who asks while another's questions are still being written comes after them, as the answers do.
  let written: Promise<unknown> = Promise.resolve()
  const ask = async (questions: ReadonlyArray<Question>): Promise<ReadonlyArray<unknown>> => {
    const answers = questions.map(() => new Promise((resolve, reject) => waiting.push({ resolve, reject })))
    const all = Promise.all(answers)
    written = Promise.race([written.then(() => write(child, questions)), all])
    await written
    return all
  }
  const close = async (): Promise<void> => {
    child.stdin.end()
    if (child.exitCode === null) await once(child, 'close')
  }
  // The answers come back in the order of the questions, so each has its question's type.
  return { ask: ask as Oracle['ask'], close }
}

const batch = 200

const write = async (
  child: ChildProcessWithoutNullStreams,
  questions: ReadonlyArray<Question>,
): Promise<void> => {
  for (let from = 0; from < questions.length; from += batch) {
    const lines = questions.slice(from, from + batch).map((question) => `${JSON.stringify(question)}\n`)
    if (!child.stdin.write(lines.join(''))) await once(child.stdin, 'drain')
  }
}
