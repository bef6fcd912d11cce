import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildOracle } from '../conformance/build-oracle.js'
import type { Foreign } from './measure.js'

const { binary } = await buildOracle()

/** Nanoseconds for each item, one figure a round, by the clock. */
type Rounds = Readonly<Record<'decode' | 'validate' | 'parse' | 'match', ReadonlyArray<number>>>

const bench = (requests: ReadonlyArray<object>): Rounds => {
  const folder = mkdtempSync(join(tmpdir(), 'typed-calico-bench-'))
  try {
    const file = join(folder, 'requests.jsonl')
    writeFileSync(file, requests.map((request) => JSON.stringify(request)).join('\n'))
    return JSON.parse(execFileSync(binary, ['bench', file]).toString())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Calico's own Go code over the requests (`test/conformance/oracle/bench.go`). */
export const calicos = (name: string, of: keyof Rounds, requests: ReadonlyArray<object>): Foreign => ({
  name,
  rounds: () => bench(requests)[of].map((nanos) => (nanos * requests.length) / 1e9),
})
