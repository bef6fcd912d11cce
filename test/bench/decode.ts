/**
 * Decoding alone, closed: ours beside ajv on the closed CRD schema, and io-ts written plainly.
 *
 *     npx tsx test/bench/decode.ts [--json | --markdown] [--quick]
 */
import { Ajv } from 'ajv'
import { decode } from '../../src/model/resource.js'
import { closedCrd } from './crd.js'
import { growth, race, times } from './measure.js'
import { decodes } from './plain-io-ts.js'
import { report } from './report.js'
import { policies } from './work.js'

const count = 1000

type Manifest = { readonly kind?: unknown }

/** As a reader would have them: fresh from JSON, every object with the shape that the parser gave it. */
const workOf = (items: number): ReadonlyArray<Manifest> => JSON.parse(JSON.stringify(policies(items)))

const work = workOf(count)

const ajv = new Ajv({ strict: false, allErrors: false })
const namespaced = ajv.compile(closedCrd('networkpolicies'))
const global = ajv.compile(closedCrd('globalnetworkpolicies'))

const all =
  (accepts: (manifest: Manifest) => boolean, manifests = work) =>
  (): void => {
    for (const manifest of manifests) if (!accepts(manifest)) throw new Error('refused a valid policy')
  }

const isDecoded = (manifest: Manifest): boolean => decode(manifest)._tag === 'Right'

const figures = race(
  count,
  [
    { name: 'typed-calico decode', run: all(isDecoded) },
    {
      name: 'ajv, CRD schema, closed',
      run: all((manifest) => (manifest.kind === 'NetworkPolicy' ? namespaced : global)(manifest)),
    },
    { name: 'io-ts, plain, closed', run: all(decodes) },
  ],
  { repeat: 5 },
)

report({
  row: 'decode alone, closed',
  figures,
  growth: growth((items) => all(isDecoded, workOf(items))),
  targets: [
    { what: '× ajv', reach: 0.5, here: times(figures, 'ajv') },
    { what: '× plain closed io-ts', reach: 8, here: times(figures, 'io-ts') },
  ],
})
