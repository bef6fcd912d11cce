import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cached } from './cached.js'
import { must } from './command.js'
import { built, goEnvironment } from './go.js'
import type { Release } from './kubernetes.js'
import { source } from './place.js'

export const calicoVersion = '3.28.5'
/** What a second calicoctl, otherwise the same, believes to be. */
export const otherCalicoVersion = '3.28.4'

const calico = 'github.com/projectcalico/calico'

const calicoctlOf = (version: string) => ({
  module: 'tools/calico',
  variables: {
    [`${calico}/calicoctl/calicoctl/commands.VERSION`]: `v${version}`,
    [`${calico}/calicoctl/calicoctl/commands/common.VERSION`]: `v${version}`,
  },
})

const components = ['apiserver', 'controller-manager', 'proxy', 'scheduler'].map((name) => `kube-${name}`)

export const kubernetes = ({ minor, version }: Release) =>
  built({
    name: `kubernetes-${minor}`,
    module: `tools/kubernetes/${minor}`,
    packages: [...components, 'kubectl', 'kubelet'].map((name) => `k8s.io/kubernetes/cmd/${name}`),
    variables: {
      'k8s.io/component-base/version.gitVersion': `v${version}`,
      'k8s.io/component-base/version.gitMajor': minor.split('.')[0] ?? '',
      'k8s.io/component-base/version.gitMinor': minor.split('.')[1] ?? '',
    },
  })

export const etcd = () =>
  built({ name: 'etcd', module: 'tools/etcd', packages: ['go.etcd.io/etcd/server/v3'], program: 'etcd' })

export const calicoNode = () =>
  built({
    name: 'calico',
    packages: ['calicoctl/calicoctl', 'felix/cmd/calico-felix', 'cni-plugin/cmd/calico'].map(
      (path) => `${calico}/${path}`,
    ),
    ...calicoctlOf(calicoVersion),
  })

export const otherCalicoctl = () =>
  built({
    name: 'calicoctl-other',
    packages: [`${calico}/calicoctl/calicoctl`],
    ...calicoctlOf(otherCalicoVersion),
  })

export const probe = () => built({ name: 'probe', module: 'probe', packages: ['.'], program: 'probe' })

/** What does to objects what Calico's processes do in native mode. */
export const nativeControllers = () =>
  built({ name: 'native', module: 'native/controllers', packages: ['.'], program: 'native' })

export const calicoApiServer = () =>
  built({ name: 'apiserver', module: 'tools/calico', packages: [`${calico}/apiserver/cmd/apiserver`] })

export const helm = () =>
  built({ name: 'helm', module: 'tools/helm', packages: ['helm.sh/helm/v3/cmd/helm'] })

/** Calico's manifests, as its module has them: custom resource definitions in crd, and apiserver.yaml. */
export const manifests = async (): Promise<Cached> => ({
  name: 'manifests',
  inputs: (await calicoNode()).inputs,
  fill: async (folder) => {
    const options = { cwd: join(source, 'tools/calico'), env: goEnvironment }
    await must('go', ['mod', 'download', calico], options)
    const module = (await must('go', ['list', '-m', '-f', '{{.Dir}}', calico], options)).trim()
    await cp(join(module, 'libcalico-go/config/crd'), join(folder, 'crd'), { recursive: true })
    await cp(join(module, 'manifests/apiserver.yaml'), join(folder, 'apiserver.yaml'))
  },
})
