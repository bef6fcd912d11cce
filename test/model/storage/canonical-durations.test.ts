import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { canonicalDuration, canonicalDurations } from '../../../src/model/storage/canonical-durations.js'

const durations = suite('a length of time')

/** What Go's `time.ParseDuration(text).String()` says. */
for (const [text, stored] of [
  ['0', '0s'],
  ['0s', '0s'],
  ['90s', '1m30s'],
  ['1m30s', '1m30s'],
  ['2m', '2m0s'],
  ['1h', '1h0m0s'],
  ['100h', '100h0m0s'],
  ['1.5h', '1h30m0s'],
  ['.5h', '30m0s'],
  ['500ms', '500ms'],
  ['1500ms', '1.5s'],
  ['1500us', '1.5ms'],
  ['1µs', '1µs'],
  ['10ns', '10ns'],
  ['1h1ns', '1h0m0.000000001s'],
  ['-90s', '-1m30s'],
  ['+5s', '5s'],
] as const)
  durations(`${text} is stored as ${stored}`, () => {
    assert.is(canonicalDuration(text), stored)
    assert.is(canonicalDuration(stored), stored)
  })

durations('is none in another text', () => {
  for (const text of ['', 's', '90', '1 m', '5d', 'Auto', '9999999999h'])
    assert.is(canonicalDuration(text), undefined, text)
})

durations('is found in fields that are one, in lists and objects, and in no other', () => {
  assert.equal(
    canonicalDurations('FelixConfiguration', {
      routeRefreshInterval: '90s',
      interfacePrefix: '90s',
      healthTimeoutOverrides: [{ name: '90s', timeout: '90s' }],
      bpfLogLevel: 'Off',
    }),
    {
      routeRefreshInterval: '1m30s',
      interfacePrefix: '90s',
      healthTimeoutOverrides: [{ name: '90s', timeout: '1m30s' }],
      bpfLogLevel: 'Off',
    },
  )
  const spec = { selector: '90s' }
  assert.is(canonicalDurations('NetworkPolicy', spec), spec)
  assert.equal(canonicalDurations('BGPConfiguration', undefined), undefined)
})

durations.run()
