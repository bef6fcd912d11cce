// @lab
import { suite } from 'uvu'
import { kubeCluster } from '../../src/cluster/kube.js'
import { type Lab, labTests } from '../lab/lab.js'
import { concurrently } from './concurrently.js'
import { clusterContract } from './contract.js'
import { type Ground, inNamespace, type World } from './contract-ground.js'
import { impersonating } from './kubeconfig.js'

const real = suite('the contract of a cluster, on the lab')
const onLab = await labTests(real)
const atOnce = 8

const facts: Array<readonly [string, (world: World) => Promise<void>]> = []
clusterContract((name, test) => facts.push([name, test]))

const groundOf = ({ kubeconfig }: Lab): Ground => ({
  cluster: kubeCluster({ kubeconfig }),
  paged: (pageSize) => kubeCluster({ kubeconfig, pageSize }),
  as: (user) => kubeCluster({ kubeconfig: impersonating(kubeconfig, user) }),
  busybox: 'busybox:1.35',
})

let outcomes: ReadonlyArray<() => Promise<void>> | undefined

for (const [index, [name]] of facts.entries()) {
  onLab(name, async (lab) => {
    if (outcomes === undefined) {
      const ground = groundOf(lab)
      outcomes = concurrently(
        atOnce,
        facts.map(
          ([, test]) =>
            () =>
              inNamespace(ground, test),
        ),
      )
    }
    await outcomes[index]?.()
  })
}

real.run()
