import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readMounted } from '../../../src/fleet/job/mounted-kubeconfig.js'

const mounted = suite('the kubeconfig that a pod has mounted')
let folder: string

mounted.before.each(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mounted-'))
})
mounted.after.each(() => rm(folder, { recursive: true, force: true }))

const tagOf = async (path: string): Promise<string> => {
  const read = await readMounted(path)
  return isLeft(read) ? read.left._tag : read.right
}

mounted('is read', async () => {
  await writeFile(join(folder, 'kubeconfig'), 'text')
  assert.is(await tagOf(join(folder, 'kubeconfig')), 'text')
})

mounted('is missing where its Secret is', async () => {
  assert.is(await tagOf(join(folder, 'kubeconfig')), 'NoKubeconfig')
})

mounted('is not missing where kubelet has removed the folder that the container sees', async () => {
  const index = join(folder, '13')
  await mkdir(index)
  // As a mount does, an open file keeps a folder in sight that is removed.
  const handle = await open(index)
  await rm(index, { recursive: true })
  try {
    assert.is(await tagOf(`/proc/self/fd/${handle.fd}/kubeconfig`), 'SecretsRewritten')
  } finally {
    await handle.close()
  }
})

mounted('tells why it cannot be read', async () => {
  const read = await readMounted(folder)
  assert.match(isLeft(read) ? read.left.message : '', 'cannot be read (EISDIR)')
})

mounted.run()
