import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { bad, configMaps } from './contract-ground.js'
import { servedConfig } from './kubeconfig.js'
import { listenHttp } from './listen.js'

const echoes = suite('credentials that a server echoes')
const ref = { type: configMaps, namespace: 'shop', name: 'a' }

echoes('I16: reach no message', async () => {
  for (const user of [{ token: 'opaque-token-of-no-form' }, { username: 'u', password: 'opaque-password' }]) {
    const server = await listenHttp((request, response) => {
      const [, given = ''] = (request.headers.authorization ?? '').split(' ')
      const message = `no such identity: ${given} (${Buffer.from(given, 'base64')})`
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden', message }),
      )
    })
    const cluster = kubeCluster({ kubeconfig: servedConfig(`http://127.0.0.1:${server.port}`, user) })
    const failure = bad(await cluster.get(ref)(), 'Forbidden')
    assert.match(failure.message, 'no such identity')
    assert.not.match(JSON.stringify(failure), /opaque/)
    assert.not.match(JSON.stringify(failure), Buffer.from('u:opaque-password').toString('base64'))
    cluster.close()
    await server.close()
  }
})

echoes.run()
