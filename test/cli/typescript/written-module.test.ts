import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toModule } from '../../../src/cli/typescript/written-module.js'
import { writtenOut } from '../../../src/cli/typescript/written-out.js'
import { orThrow } from '../../../src/error.js'
import { decode, type Resource } from '../../../src/model/resource.js'
import { parseSelector } from '../../../src/selector/parse.js'
import { printSelector } from '../../../src/selector/print.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { commentsOf } from '../../../src/yaml/read/comments.js'
import { readPlaced } from '../../../src/yaml/read/from-yaml.js'
import { calicoctlReader } from '../../../src/yaml/read/gather.js'
import { evaluate } from './evaluate.js'
import { resource } from './resource.js'

const modules = suite('toModule')

const made = async (code: string): Promise<ReadonlyArray<Resource>> =>
  (await evaluate(code)).map((value) => orThrow(decode(value)))

const some = fc.array(resource, { minLength: 1, maxLength: 3 })

modules('makes resources that print the same YAML', async () => {
  const law = fc.asyncProperty(some, async (resources) => {
    const code = toModule(resources, 'exact')
    assert.is(toYaml(...(await made(code))), toYaml(...resources.map(writtenOut)), code)
  })
  await fc.assert(law, { numRuns: 250 })
})

/** With all selectors in Calico's own spelling. */
const canonical = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') {
    const parsed = /selector$/i.test(key) ? parseSelector(value) : undefined
    return parsed !== undefined && E.isRight(parsed) ? printSelector(parsed.right) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => canonical(item))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, canonical(item, name)]))
}

modules('makes resources that mean the same, with selectors as calls', async () => {
  const law = fc.asyncProperty(some, async (resources) => {
    const code = toModule(resources, 'calls')
    assert.equal(canonical(await made(code)), canonical(resources.map(writtenOut)), code)
  })
  await fc.assert(law, { numRuns: 100 })
})

/** What the compiler says about modules of these texts, in the strictest of settings. */
const complaints = (codes: ReadonlyArray<string>): ReadonlyArray<string> => {
  const folder = resolve('node_modules/.cache/typed-calico-cli', `modules-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = codes.map((code, index) => {
    const file = join(folder, `module-${index}.ts`)
    writeFileSync(file, code)
    return file
  })
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.')
  const program = ts.createProgram(files, options)
  const found = files.flatMap((file, index) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
      const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0
      return `${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')} at line ${line + 1} of\n${codes[index]}`
    }),
  )
  rmSync(folder, { recursive: true, force: true })
  return found
}

modules('makes modules that compile', () => {
  const sample: ReadonlyArray<ReadonlyArray<Resource>> = fc.sample(some, 100)
  const codes = sample.flatMap((resources) => [toModule(resources, 'exact'), toModule(resources, 'calls')])
  assert.equal(complaints(codes), [])
})

modules('has the comments of a text above the calls that make what they are about', async () => {
  const text = `# Of team shop.
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: api # its name
  namespace: shop
  labels:
    a: b # of a
spec:
  order: 10 # see the runbook
  types: [Ingress, Egress]
  # In.
  ingress:
  # The web tier.
  - action: Allow
    protocol: TCP # for now
  # The rest.
  - action: Deny
  egress:
  - action: Allow
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: pool}
spec: {cidr: 10.0.0.0/16} # /*not*/ the office
`
  const { found } = orThrow(readPlaced(text, calicoctlReader({})))
  const resources = found.map(({ resource }) => resource)
  const code = toModule(resources, 'exact', commentsOf(text, found).each)
  assert.is(
    code,
    `import { networkPolicy, resource } from 'typed-calico'

// Of team shop.
// its name
export const api = networkPolicy('api', 'shop')
  // of a
  .labels({ a: 'b' })
  // see the runbook
  .order(10)
  // In.
  // The web tier.
  // for now
  .allowIngress({ protocol: 'TCP' })
  // The rest.
  .denyIngress()
  .allowEgress()

// /*not*/ the office
export const pool = resource('IPPool', 'pool', { cidr: '10.0.0.0/16' })

export default [api, pool]
`,
  )
  assert.equal((await made(code)).length, 2)
})

modules.run()
