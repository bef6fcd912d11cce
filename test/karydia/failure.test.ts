// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, toYaml } from '../../src/index.js'
import { type Lab, labTests } from '../lab/lab.js'
import { done, everything, leavingNothing, valuesFor } from './released.js'

const tests = suite("a hook of karydia's overlay that fails")
const onLab = await labTests(tests)

/** Someone else's, of a name that the release needs: its hook refuses to go on. */
const foreign = toYaml(globalNetworkPolicy('karydia-l1').selector("app == 'nobody'").allowEgress())

const ofKarydia = async (lab: Lab, kind: RegExp): Promise<ReadonlyArray<string>> =>
  (await everything(lab)).filter((object) => kind.test(object) && object.includes('karydia-calico'))

onLab('leaves nobody any rights, and its Job to be looked at', async (lab) => {
  await leavingNothing(lab, async (release) => {
    done(await lab.calicoctl(['create', '-f', '-'], foreign))
    try {
      const values = valuesFor(lab, { mode: 'provision', level: 'L1' })
      assert.is.not((await release.install(values)).code, 0)
      assert.equal(await ofKarydia(lab, /^(?:Cluster)?Role(?:Binding)? |^ServiceAccount /), [])
      assert.equal(await ofKarydia(lab, /^Job /), ['Job karydia karydia-calico-post'])
      done(await release.uninstall())
    } finally {
      done(await lab.calicoctl(['delete', '-f', '-'], foreign))
    }
  })
})

tests.run()
