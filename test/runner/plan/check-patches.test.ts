import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, patch, resource } from '../../../src/index.js'
import { readInput } from '../../../src/runner/plan/check-input.js'
import { checkPatches } from '../../../src/runner/plan/check-patches.js'
import { storedKinds } from '../../../src/runner/state/stored-resource.js'

const tests = suite('what says that it is fields to set')

const marked = { 'typed-calico.projectcalico.org/patch': 'true' }

const messages = (...given: Parameters<typeof checkPatches>[0]): ReadonlyArray<string> => {
  const checked = checkPatches(given)
  return E.isLeft(checked) ? checked.left.issues.map(({ message }) => message) : []
}

tests('is taken with the kinds that configure Calico, by code and by annotation', () => {
  assert.equal(
    messages(
      patch('KubeControllersConfiguration', 'default', { healthChecks: 'Enabled' }),
      patch('FelixConfiguration', 'node.n1', { bpfEnabled: true }),
      resource('BGPConfiguration', 'default', { asNumber: 64512 }).annotations(marked),
      globalNetworkPolicy('deny'),
    ),
    [],
  )
})

tests('is refused of other kinds, without a field, with a label, and with another word', () => {
  const felix = patch('FelixConfiguration', 'default', { bpfEnabled: true })
  assert.equal(
    messages(
      globalNetworkPolicy('deny').annotations(marked),
      patch('FelixConfiguration', 'default', {}),
      felix.labels({ a: 'b' }),
      felix.annotations({ a: 'b' }),
      felix.annotations({ 'typed-calico.projectcalico.org/patch': 'yes' }),
    ),
    [
      'fields of a GlobalNetworkPolicy cannot be set by themselves',
      'no field is named',
      'a patch sets fields of the spec, and no labels or annotations',
      'a patch sets fields of the spec, and no labels or annotations',
      'the annotation is "yes"',
    ],
  )
})

tests('is checked as all input is', () => {
  const wrong = patch('KubeControllersConfiguration', 'other', {
    controllers: { node: { hostEndpoint: { autoCreate: 'On' as 'Enabled' } } },
  })
  const checked = readInput([wrong], storedKinds)
  assert.equal(E.isLeft(checked) && checked.left.issues.map(({ rule }) => rule), [
    'unknown-value',
    'kube-controllers-name',
  ])
})

tests.run()
