/** On what the benchmarks run: printed before the rows. */
import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { json, quick } from './report.js'

const versionOf = (file: URL): string => JSON.parse(readFileSync(file, 'utf8')).version
const root = new URL('../../node_modules/', import.meta.url)
const own = new URL('./node_modules/', import.meta.url)

const versions = (folder: URL, names: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> =>
  names.map((name) => [name, versionOf(new URL(`${name}/package.json`, folder))])

const machine = {
  node: process.version,
  processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  packages: Object.fromEntries([
    ...versions(own, ['ajv', 'cdk8s', 'js-yaml']),
    ...versions(root, ['fp-ts', 'io-ts', 'typescript', 'yaml']),
  ]),
  ...(quick ? { quick } : {}),
}

if (json) console.log(JSON.stringify({ machine }))
else {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`)
  console.log(
    [
      `Node ${machine.node}, ${machine.processors}, ${machine.memory}. ${packages.join(', ')}.`,
      ...(quick ? ['`--quick`: few rounds, to try things, not to quote them.'] : []),
    ].join('\n'),
  )
}
