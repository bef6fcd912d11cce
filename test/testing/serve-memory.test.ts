import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { memoryCluster, serveMemory, tokenOf } from '../../src/testing/index.js'

const serving = suite('serveMemory')

const served = async (test: (url: string) => Promise<void>): Promise<void> => {
  const { url, close } = await serveMemory(memoryCluster().server)
  try {
    await test(`${url}/api/v1/namespaces`)
  } finally {
    await close()
  }
}

serving('knows an administrator by no token, and a user by a token or by impersonation', () =>
  served(async (url) => {
    assert.is((await fetch(url)).status, 200)
    const token = { authorization: `Bearer ${tokenOf('somebody')}` }
    const refused = await fetch(url, { headers: token })
    assert.is(refused.status, 403)
    assert.match(await refused.text(), /User \\"somebody\\" cannot list/)
    assert.is((await fetch(url, { headers: { 'impersonate-user': 'somebody' } })).status, 403)
    assert.is((await fetch(url, { headers: { authorization: 'Bearer nonsense' } })).status, 401)
  }),
)

serving('answers what it does not serve as an API server does', () =>
  served(async (url) => {
    assert.is((await fetch(url, { method: 'OPTIONS' })).status, 405)
    assert.is((await fetch(`${url}/none/no/such/path`)).status, 404)
    assert.is((await fetch(`${url}?watch=true`)).status, 405)
    const protobuf = { 'content-type': 'application/vnd.kubernetes.protobuf' }
    assert.is((await fetch(url, { method: 'POST', body: 'k8s', headers: protobuf })).status, 415)
    assert.is((await fetch(url, { method: 'POST', body: '{' })).status, 400)
    assert.is((await fetch(`${url}/default`, { method: 'PATCH', body: '{}' })).status, 405)
  }),
)

serving('is gone once it is closed', async () => {
  const { url, close } = await serveMemory(memoryCluster().server)
  assert.is((await fetch(`${url}/version`)).status, 200)
  await close()
  let refused = false
  await fetch(`${url}/version`).catch(() => {
    refused = true
  })
  assert.ok(refused)
})

serving.run()
