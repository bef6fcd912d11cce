import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { supervisor } from './down.js'
import type { Place } from './place.js'
import { say } from './say.js'

const tail = async (place: Place, log: string): Promise<string> => {
  const file = join(place.logs, `${log}.log`)
  const text = await readFile(file, 'utf8').catch(() => '(empty)')
  return `${file}:\n${text.trim().split('\n').slice(-10).join('\n')}`
}

/** The component that ended, and was started again, more often than a start explains; tests kill one, too. */
const failing = async (place: Place): Promise<string | undefined> => {
  const ends = (await readFile(join(place.logs, 'ended.log'), 'utf8').catch(() => '')).split('\n')
  const own = ends.filter((line) => line !== '' && !line.endsWith(' 137'))
  const names = own.map((line) => line.split(' ')[0] ?? '')
  return names.find((name) => names.filter((other) => other === name).length > 5)
}

/** Waits for a fact; when it does not come to be, fails with the end of the log that tells why. */
export const until = async (
  place: Place,
  fact: string,
  log: string,
  look: () => Promise<boolean>,
): Promise<void> => {
  for (const end = performance.now() + 120_000; performance.now() < end; await sleep(100)) {
    if (await look()) return say(fact)
    const culprit = await failing(place)
    if (culprit) throw new Error(`not yet: ${fact}; ${culprit} keeps ending\n${await tail(place, culprit)}`)
    if ((await supervisor(place)) === undefined) {
      throw new Error(`not yet: ${fact}; the lab has ended\n${await tail(place, 'inside')}`)
    }
  }
  throw new Error(`not after two minutes: ${fact}\n${await tail(place, log)}`)
}
