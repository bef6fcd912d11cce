import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { run } from './command.js'
import { checkout } from './place.js'
import { say } from './say.js'

/** Whether a process holds this lock. The kernel frees it when the last holder ends, however it ends. */
export const held = async (file: string): Promise<boolean> =>
  (await run('flock', ['--nonblock', '--conflict-exit-code', '75', file, 'true'])).code === 75

/** Runs alone among all checkouts that use this cache; says whom it waits for. */
export const alone = async <A>(file: string, use: () => Promise<A>): Promise<A> => {
  await mkdir(dirname(file), { recursive: true })
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = setTimeout(async () => {
    const owner = await readFile(file, 'utf8').catch(() => '')
    say(`waiting for ${owner.trim() || 'another process'}, which holds ${file}`)
  }, 500)
  await new Promise((resolve, reject) => holder.on('error', reject).stdout.once('data', resolve))
  clearTimeout(waiting)
  try {
    await writeFile(file, `process ${process.pid} in ${checkout}\n`)
    return await use()
  } finally {
    holder.stdin.end()
    await new Promise((resolve) => holder.once('close', resolve))
  }
}
