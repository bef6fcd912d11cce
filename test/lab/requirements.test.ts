import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from './command.js'
import { releaseOf } from './kubernetes.js'
import { partsObstacle } from './parts.js'
import { checkout, placeOf } from './place.js'
import { goObstacle } from './requirements.js'

const requirements = suite('what the lab needs')

const noRoot = 'the lab needs root, for namespaces and packet filters'

/** Runs a program of this checkout as somebody who is not root. */
const asNobody = (args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) => {
  const words = [process.execPath, '--import', 'tsx', ...args]
  const drop = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups', ...words] : words
  return run(drop[0] ?? '', drop.slice(1), { cwd: checkout, env: { TSX_DISABLE_CACHE: '1', CI: '', ...env } })
}

const decide = [
  '--input-type=module',
  '--eval',
  `import { labOrReason } from '${checkout}/test/lab/lab.ts'; console.log(JSON.stringify(await labOrReason()))`,
]

requirements('includes root, which `up` says in a line', async () => {
  const { code, stderr } = await asNobody([join(checkout, 'test/lab/main.ts'), 'up'])
  assert.is(code, 1)
  assert.match(stderr, new RegExp(`^lab .* s  ${noRoot}\n$`))
})

requirements('is a reason for tests to skip', async () => {
  const { stdout } = await asNobody(decide)
  assert.equal(JSON.parse(stdout), { _tag: 'Left', left: noRoot })
})

requirements('is a failure with CI=true', async () => {
  const { code, stderr } = await asNobody(decide, { CI: 'true' })
  assert.is(code, 1)
  assert.match(stderr, `Error: ${noRoot}`)
})

requirements('includes Go, but only to build what is not in the cache', async () => {
  const path = process.env.PATH ?? ''
  const empty = await mkdtemp(join(tmpdir(), 'lab-'))
  try {
    process.env.PATH = empty
    const reason = await partsObstacle(placeOf({ XDG_CACHE_HOME: empty }))
    assert.is(reason, 'the lab needs Go to build Kubernetes and Calico, and there is no go in PATH')
  } finally {
    process.env.PATH = path
    await rm(empty, { recursive: true })
  }
})

requirements('includes a Go as new as the Kubernetes asks for', async () => {
  assert.is(await goObstacle(releaseOf().go), undefined)
  assert.match(
    (await goObstacle('1.999')) ?? '',
    'the lab needs Go 1.999 or newer to build Kubernetes, and this is go1.',
  )
})

requirements('includes a Kubernetes that the lab has, the newest unless another is asked for', async () => {
  assert.is(releaseOf('1.33').minor, '1.33')
  assert.is(releaseOf().minor, '1.37')
  const { code, stderr } = await run(
    process.execPath,
    ['--import', 'tsx', join(checkout, 'test/lab/main.ts'), 'up', '--kubernetes', '1.20'],
    { cwd: checkout },
  )
  assert.is(code, 1)
  assert.match(stderr, 'there is no Kubernetes 1.20 for the lab: ask for one of 1.33, 1.35, 1.37')
})

requirements.run()
