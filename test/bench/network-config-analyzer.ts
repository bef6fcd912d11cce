/** network-config-analyzer, a peer in Python: installed in a folder of its own when it is asked for. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { kubernetesCluster } from './cluster.js'

const version = '2.1.0'

const run = (command: string, args: ReadonlyArray<string>, cwd?: string): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    ...(cwd === undefined ? {} : { cwd }),
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** Says what a command took of the processor, in milliseconds, after all that it said itself. */
const timed = `import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(round((used.ru_utime + used.ru_stime) * 1000))
sys.exit(code)`

/** What it takes for who can talk to whom in a cluster; `undefined`, and said so, where it cannot be installed. */
export const analyzer = (
  { namespaces, pods, policies }: ReturnType<typeof kubernetesCluster>,
  folder: string,
): { readonly name: string; readonly ms: number } | undefined => {
  const input = join(folder, 'analyzer')
  const bin = join(folder, 'venv', 'bin')
  try {
    run('python3', ['-m', 'venv', join(folder, 'venv')])
    run(join(bin, 'pip'), ['install', '--quiet', `network-config-analyzer==${version}`])
  } catch (error) {
    console.error(`network-config-analyzer ${version} is left out: ${error}`)
    return undefined
  }
  for (const [name, list] of Object.entries({ namespaces, pods, policies })) {
    mkdirSync(join(input, name), { recursive: true })
    const file = join(input, name, 'all.yaml')
    writeFileSync(file, list.map((it) => stringify(it)).join('---\n'))
  }
  const all = (name: string): string => join(input, name)
  const args = [
    '--return_0',
    '--connectivity',
    all('policies'),
    '--ns_list',
    all('namespaces'),
    '--pod_list',
    all('pods'),
  ]
  const ms = Number(
    run('python3', ['-c', timed, join(bin, 'nca'), ...args])
      .trim()
      .split('\n')
      .at(-1),
  )
  return { name: `network-config-analyzer ${version}`, ms }
}
