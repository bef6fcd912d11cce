import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, declarationOf } from './compile.js'

const declaration = suite('declarations of those who export builders')

const text = `
import { allowDns, defaultDeny, globalNetworkPolicy, ingress, networkPolicy, resource, tier } from 'typed-calico'
const global = globalNetworkPolicy('api')
export const policy = networkPolicy('api', 'shop').allowEgress()
export const staged = policy.stage()
export const withEgress = global.allowEgress()
export const forwarded = global.applyOnForward()
export const forwardedWithEgress = forwarded.allowEgress()
export const untracked = forwarded.doNotTrack()
export const preDNAT = forwarded.preDNAT()
export const rule = ingress.allow()
export const rules = allowDns()
export const recipe = defaultDeny()
export const pool = resource('IPPool', 'pods', { cidr: '10.0.0.0/8' })
export const guardrails = tier('guardrails')
`

declaration('name every type, by what the package exports', () => {
  const { messages, output } = declarationOf(compile({ 'user.ts': text }), 'user.ts')
  assert.equal(messages, [])
  assert.equal(
    output.match(/import\("[^"]*"\)/g)?.filter((from) => from !== 'import("typed-calico")') ?? [],
    [],
  )
})

declaration.run()
