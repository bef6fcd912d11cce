import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Resource } from '../../src/index.js'
import { binaryOf, environmentOf } from './clients.js'
import type { Place } from './place.js'
import type { Record } from './record.js'

/** What is to be done to the lab when a test has ended, be it that it passed, failed or was killed. */
export interface Afterwards {
  /** One more command; what was said last is done first. */
  readonly say: (client: 'kubectl' | 'calicoctl', ...args: ReadonlyArray<string>) => void
  /** Removes resources of Calico: endpoints first, without which nothing is asked of policies. */
  readonly remove: (resources: ReadonlyArray<Resource>) => void
  /** Does all of it now, and fails if one command did. */
  readonly done: () => Promise<void>
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const endpointsLast = (a: string, b: string): number =>
  Number(a === 'HostEndpoint') - Number(b === 'HostEndpoint')

/**
 * Reads what there is to do until its input ends, which it does with the process that wrote it. A calicoctl sends a few
 * requests at once and then five a second: many of them are sooner done.
 */
const script = `exec > "$0" 2>&1
removeEach() { printf '%s\\n' "\${@:3}" | xargs -n 8 -P 16 "$1" delete "$2" --skip-not-exists; }
mapfile -t lines
for ((i = \${#lines[@]} - 1; i >= 0; i--)); do eval "\${lines[i]}" || failed=1; done
exit "\${failed:-0}"`

/** A process of its own does it, in no group that a signal to the test would end. */
export const afterwardsOf = (place: Place, record: Record): Afterwards => {
  const log = join(place.logs, `afterwards-${process.pid}.log`)
  const child = spawn('bash', ['-c', script, log], {
    detached: true,
    env: { ...process.env, ...environmentOf(place) },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  const ended = once(child, 'exit')
  const write = (...words: ReadonlyArray<string>): void => {
    child.stdin.write(`${words.map(quoted).join(' ')}\n`)
  }
  const calicoctl = binaryOf(record, 'calicoctl')
  return {
    say: (client, ...args) => write(binaryOf(record, client), ...args),
    remove: (resources) => {
      for (const kind of [...new Set(resources.map((it) => it.kind))].sort(endpointsLast)) {
        const names = resources.flatMap((it) => (it.kind === kind ? [it.metadata.name] : []))
        write('removeEach', calicoctl, kind, ...names)
      }
    },
    done: async () => {
      child.ref()
      child.stdin.end()
      const [code] = await ended
      if (code !== 0) throw new Error(`the lab is not as it was:\n${await readFile(log, 'utf8')}`)
    },
  }
}
