import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fault } from './fault.js'
import { applyTrial, cleanupTrial, type Way } from './patch-trial.js'
import { type Case, casesFor, sweep } from './sweep.js'

const tests = suite('fields that are set in what others own, with a fault at every request')

const faults: ReadonlyArray<Fault> = ['dead before', 'dead after', 'lost reply', '409']

const ways: Readonly<Record<string, Way>> = {
  'by calicoctl': { transport: 'pod', group: 'crd.projectcalico.org' },
  'through the API': { transport: 'api', group: 'projectcalico.org' },
}

const cases = (requests: ReadonlyArray<string>): ReadonlyArray<Case> => casesFor(faults, requests)

for (const [how, way] of Object.entries(ways)) {
  for (const [what, trial] of [
    ['setting', applyTrial(way)],
    ['putting back', cleanupTrial(way)],
  ] as const) {
    tests(`${what} them ${how}, they are what they were after one cleanup`, async () => {
      // Each trial makes a cluster of its own.
      const { trials, outcomes, violations } = await sweep(Array(8).fill(trial), cases)
      console.log(`${trials} trials: ${JSON.stringify(outcomes)}`)
      assert.equal(violations, [])
    })
  }
}

tests.run()
