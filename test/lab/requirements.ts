import { existsSync } from 'node:fs'
import { run } from './command.js'
import { canInstall, install, missing, type Packages } from './debian.js'

const packages: Packages = {
  '/usr/bin/containerd': 'containerd',
  '/usr/sbin/runc': 'runc',
  '/usr/lib/cni/host-local': 'containernetworking-plugins',
  '/usr/sbin/iptables': 'iptables',
  '/usr/sbin/ipset': 'ipset',
  '/usr/sbin/nft': 'nftables',
  '/usr/sbin/conntrack': 'conntrack',
  '/bin/busybox': 'busybox-static',
  '/bin/ip': 'iproute2',
  '/usr/bin/openssl': 'openssl',
}

/** Why this machine cannot run the lab, in a line; undefined where it can. */
export const machineObstacle = async (): Promise<string | undefined> => {
  if (process.platform !== 'linux') return `the lab needs Linux, and this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'the lab needs root, for namespaces and packet filters'
  const namespaces = await run('unshare', ['--mount', '--net', '--pid', '--uts', '--fork', 'true'])
  if (namespaces.code !== 0) return `the lab needs namespaces of its own: ${namespaces.stderr.trim()}`
  if (!['memory', 'cgroup.controllers'].some((name) => existsSync(`/sys/fs/cgroup/${name}`))) {
    return 'the lab needs cgroups mounted in /sys/fs/cgroup'
  }
  const absent = missing(packages)
  if (absent.length > 0 && !canInstall()) {
    return `the lab needs ${absent.join(', ')}, and there is no apt-get to install them`
  }
  return undefined
}

/** Why programs that need this Go, such as `1.26`, cannot be built here, in a line; undefined where they can. */
export const goObstacle = async (least: string): Promise<string | undefined> => {
  const { code, stdout } = await run('go', ['env', 'GOVERSION'])
  if (code !== 0) return 'the lab needs Go to build Kubernetes and Calico, and there is no go in PATH'
  const [, minor] = /^go1\.(\d+)/.exec(stdout) ?? []
  if (Number(minor) < Number(least.split('.')[1]))
    return `the lab needs Go ${least} or newer to build Kubernetes, and this is ${stdout.trim()}`
  return undefined
}

export const installPackages = (): Promise<void> => install(packages)
