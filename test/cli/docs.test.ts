import { spawn } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { main } from './build.js'
import { readPage } from './document.js'
import { environment, type ServedWorkshop, servedWorkshop } from './workshop.js'

const docs = suite('the pages with commands')
const pages = ['docs/09-cli.md', 'docs/18-before-you-apply.md'].map((page) => ({ page, ...readPage(page) }))
const files = pages.flatMap((it) => it.files)
const place: ServedWorkshop = await servedWorkshop(
  Object.fromEntries(files.map(({ name, text }) => [name, text])),
)

const program = join(place.folder, 'typed-calico')
writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
chmodSync(program, 0o755)

/** What a reader would see, stdout and stderr together. */
const run = (command: string): Promise<string> =>
  new Promise((done) => {
    const env = environment({
      PATH: `${place.folder}:${process.env.PATH}`,
      KUBECONFIG: join(place.folder, 'kubeconfig'),
    })
    const child = spawn('bash', ['-c', `{ ${command}; } 2>&1`], { cwd: place.folder, env })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('close', () => done(output.trimEnd()))
  })

const elapsed = /^ +\d+\.\d s {2}/

/** The cluster takes them away with the Job or the ClusterRole that owns them: who is first is told of them. */
const goesByItself = /^ {2}- (?!Job|ClusterRole\()\w+\(.*typed-calico-/

/**
 * Without what differs from run to run: ports, times, names of runs, the phases of a pod that were seen, what went by itself, and
 * the order of what happens at once.
 */
const steady = (output: string): ReadonlyArray<string> => {
  const lines = output
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:6443')
    .replace(/typed-calico-[a-z2-7]{26}/g, 'typed-calico-RUN')
    .replace(/in \d+\.\d s$/gm, 'in 0.0 s')
    .split('\n')
  const others = lines.filter((line) => !elapsed.test(line))
  const told = lines.filter((line) => elapsed.test(line)).map((line) => line.replace(elapsed, ''))
  const steps = told.filter((line) => !line.includes('pod: ') && !goesByItself.test(line))
  return [...others, ...steps.sort()]
}

const commands = pages.flatMap(({ page, commands }) => commands.map((it) => ({ page, ...it })))

for (const { page, line, command, output } of commands) {
  docs(`${page}:${line} prints what it says: ${command}`, async () => {
    assert.equal(steady(await run(command)), steady(output))
  })
}

docs('shows every command', () => {
  for (const command of [
    'render',
    'check',
    'lint',
    'plan',
    'apply',
    'status',
    'cleanup',
    'convert',
    'import',
    'verdict',
    'connectivity',
    'diff',
    'select',
    'replay',
    'suggest',
  ]) {
    assert.ok(
      commands.some((shown) => shown.command.startsWith(`typed-calico ${command} `)),
      command,
    )
  }
})

docs('draws the picture of connectivity that the command prints', async () => {
  const [, command = '', picture] =
    /\(`(typed-calico connectivity [^`]*)`\):\n\n```mermaid\n([\s\S]*?)\n```/.exec(
      readFileSync('docs/18-before-you-apply.md', 'utf8'),
    ) ?? []
  assert.is(picture, await run(command))
})

docs.after(place.close)
docs.run()
