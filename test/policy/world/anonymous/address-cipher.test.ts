import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addressValue } from '../../../../src/net/cidr.js'
import { addressCipher } from '../../../../src/policy/world/anonymous/address-cipher.js'

const ciphers = suite('address cipher')

ciphers('addresses keep the networks that they share, and those that mean something stay', () => {
  const cipher = addressCipher(() => true)
  const shared = (a: string, b: string): number => {
    const [x = 0n, y = 0n] = [a, b].map((it) => addressValue(cipher(it) ?? ''))
    return 32 - (x ^ y).toString(2).length
  }
  assert.is(shared('10.0.0.1', '10.0.0.2'), 30)
  assert.is(shared('10.0.0.1', '10.128.0.1'), 8)
  assert.is(cipher('10.0.0.0/8')?.replace(/^\d+/, ''), '.0.0.0/8')
  for (const same of ['127.0.0.1', '169.254.169.254', '224.0.0.1', '::1', 'fe80::1', '0.0.0.0/0', '::/0'])
    assert.is(cipher(same), same)
  assert.is.not(cipher('2001:db8::1'), '2001:db8::1')
  assert.is(cipher('web'), undefined)
})

ciphers.run()
