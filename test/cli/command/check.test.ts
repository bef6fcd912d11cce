import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { brokenYaml, denyModule, webYaml } from './shop.js'

const check = suite('typed-calico check')
const place = workshop({
  'web.yaml': webYaml,
  'deny.ts': denyModule,
  'a folder/broken.yaml': brokenYaml,
  '.broken.mjs': `const print = JSON.stringify
JSON.stringify = (value, replacer, space) => {
  if (space === 2) throw new RangeError('oh')
  return print(value, replacer, space)
}
`,
  'tier.yaml':
    'apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: guardrails\nspec:\n  order: 5\n',
})

check('says that there are no issues, and exits with 0', async () => {
  const { code, stdout, stderr } = await place.call(['check', 'web.yaml', 'deny.ts'])
  assert.equal([code, stdout, stderr], [0, '2 resources in 2 files: no issues\n', ''])
})

check('shows every issue with file, line, column, excerpt and remedy, and exits with 1', async () => {
  const { code, stdout, stderr } = await place.call(['check', '.'])
  assert.equal([code, stderr], [1, ''])
  assert.is(
    stdout,
    `Invalid: 2 issues
  a folder/broken.yaml:5:13 · NetworkPolicy(shop/api) · spec.selector: Expected an operator after the label \`app\`, found \`=\`. [selector-operator]
    app = 'api'
        ^
    → Did you mean \`==\`?
  a folder/broken.yaml:9:14 · NetworkPolicy(shop/api) · spec.ingress[0].destination.ports: ports are set without a protocol [ports-need-protocol]
    9 |       ports: [8080]
      |              ^
    → set protocol to TCP, UDP or SCTP, or remove the ports
`,
  )
})

check('says the same to programs', async () => {
  const { code, stdout } = await place.call(['check', '.', '--output', 'json'])
  const { ok, files, issues } = JSON.parse(stdout)
  assert.equal([code, ok, files.length], [1, false, 4])
  assert.equal(issues[1], {
    file: 'a folder/broken.yaml',
    line: 9,
    column: 14,
    path: 'spec.ingress[0].destination.ports',
    rule: 'ports-need-protocol',
    message: 'ports are set without a protocol',
    hint: 'set protocol to TCP, UDP or SCTP, or remove the ports',
    source: 'libcalico-go/lib/validator/v3/validator.go, validateRule',
    resource: 'NetworkPolicy(shop/api)',
  })
})

check('says the same to code hosts, as SARIF', async () => {
  const { code, stdout } = await place.call(['check', '.', '--output', 'sarif'])
  const { version, runs } = JSON.parse(stdout)
  const [{ tool, results }] = runs
  assert.equal([code, version, tool.driver.name], [1, '2.1.0', 'typed-calico'])
  assert.equal(
    tool.driver.rules.map(({ id }: { readonly id: string }) => id),
    ['ports-need-protocol', 'selector-operator'],
  )
  for (const { fullDescription, help } of tool.driver.rules) assert.ok(fullDescription.text && help.text)
  assert.equal(results[1], {
    ruleId: 'ports-need-protocol',
    level: 'error',
    message: {
      text: 'ports are set without a protocol → set protocol to TCP, UDP or SCTP, or remove the ports',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20folder/broken.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 9, startColumn: 14 },
        },
        logicalLocations: [
          { fullyQualifiedName: 'NetworkPolicy(shop/api) spec.ingress[0].destination.ports' },
        ],
      },
    ],
  })
})

check('goes by the version of Calico', async () => {
  const [newest, older] = await Promise.all([
    place.call(['check', 'tier.yaml']),
    place.call(['check', 'tier.yaml', '--calico', '3.28']),
  ])
  assert.equal([newest?.code, older?.code], [0, 1])
  assert.match(older?.stdout ?? '', '3.29')
})

check('asks for a report of what nobody foresaw, without a stack trace', async () => {
  const call = (env: Readonly<Record<string, string>>) =>
    place.call(['check', 'web.yaml', '--output', 'json'], {
      env: { ...env, NODE_OPTIONS: '--import=./.broken.mjs' },
    })
  const { code, stderr } = await call({})
  assert.is(code, 70, stderr)
  assert.match(
    stderr,
    /^Unexpected error: RangeError: oh \(\.broken\.mjs:3:\d+\)\n {2}→ .* please report it, .*\n {4}typed-calico /,
  )
  assert.not.match(stderr, /^ +at /m)
  assert.match((await call({ TYPED_CALICO_DEBUG: '1' })).stderr, /^ +at /m)
})

check.after(place.remove)
check.run()
