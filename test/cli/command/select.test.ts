import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { apiYaml, dbYaml, workloadsYaml } from './shop-files.js'

const select = suite('typed-calico select')
const place = workshop({
  'all/workloads.yaml': workloadsYaml,
  'all/api.yaml': apiYaml(),
  'all/db.yaml': dbYaml,
})
const ask = (...args: ReadonlyArray<string>) => place.call(['select', 'all', ...args])

select('says what a selector finds', async () => {
  const { code, stdout } = await ask('--selector', "app in {'web', 'db'}")
  assert.equal([code, stdout], [0, 'pods:\n  shop/web\n  stock/db\n'])
  assert.is((await ask('--selector', "app == 'none'")).stdout, 'nothing\n')
})

select('says what a policy applies to, and which policies a pod has', async () => {
  assert.is((await ask('--policy', 'KubernetesNetworkPolicy(shop/api)')).stdout, 'pods:\n  shop/api\n')
  assert.is((await ask('--pod', 'stock/db')).stdout, 'NetworkPolicy(stock/db), tier default, Ingress\n')
  assert.is((await ask('--pod', 'shop/web')).stdout, 'no policy\n')
  assert.equal(JSON.parse((await ask('--pod', 'stock/db', '--output', 'json')).stdout).policies.length, 1)
})

select('refuses what it cannot read or find, and more than one question', async () => {
  assert.match((await ask('--selector', 'app = 1')).stderr, /\[selector-/)
  const policy = await ask('--policy', 'stock/db')
  assert.is(policy.code, 1)
  assert.match(policy.stderr, 'did you mean NetworkPolicy(stock/db)?')
  assert.is((await ask('--pod', 'stock/db', '--selector', 'all()')).code, 64)
  assert.is((await ask()).code, 64)
})

select.after(place.remove)
select.run()
