import { randomBytes } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { toSecrets } from '../../../src/fleet/gardener/secret.js'
import type { StoredObject } from '../../../src/model/storage/stored-object.js'

const dividing = suite('Secrets of Kubernetes’ size')

const object = (index: number, text: string): StoredObject => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'GlobalNetworkSet',
  metadata: { name: `set-${index}`, annotations: {} },
  spec: { nets: [text] },
})

/** What no compression makes much smaller. */
const noise = (bytes: number): string => randomBytes(bytes).toString('base64')

const textOf = ({ data }: KubeObject): string => {
  const [[key, value] = ['', '']] = Object.entries(data as Record<string, string>)
  const bytes = Buffer.from(value, 'base64')
  assert.ok(bytes.length <= 1024 * 1024, 'within the limit')
  return (key.endsWith('.br') ? brotliDecompressSync(bytes) : bytes).toString()
}

const keysOf = (secrets: ReadonlyArray<KubeObject>) => secrets.map(({ data }) => Object.keys(data as object))

const place = { name: 'much', namespace: 'garden' }

dividing('are plain YAML up to 1 MiB, and compressed from there on', () => {
  const some = orThrow(toSecrets([object(0, 'a'.repeat(1_000_000))], place))
  assert.equal(keysOf(some), [['data.yaml']])
  const much = orThrow(toSecrets([object(0, 'a'.repeat(1_100_000))], place))
  assert.equal(keysOf(much), [['data.yaml.br']])
})

dividing('are divided when that is not enough, and hold each object once, in order', () => {
  const objects = Array.from({ length: 40 }, (_, index) => object(index, noise(75_000)))
  const made = orThrow(toSecrets(objects, { ...place, owner: 'shop' }))
  assert.equal(
    made.map(({ metadata }) => metadata.name),
    ['much', 'much-2', 'much-3', 'much-4'],
  )
  const names = made.flatMap((secret) => [...textOf(secret).matchAll(/^ {2}name: (.*)$/gm)])
  assert.equal(
    names.map(([, name]) => name),
    objects.map(({ metadata }) => metadata.name),
  )
  const selves = made.map(({ metadata }) => metadata.annotations?.['typed-calico.projectcalico.org/self'])
  assert.is(selves[3], 'shop:Secret(garden/much-4)', 'each says that it is the owner’s')
})

dividing('an object that fits none is named', () => {
  const made = toSecrets([object(0, 'small'), object(7, noise(1_400_000))], place)
  assert.match(E.isLeft(made) ? made.left.issues[0].message : '', /^GlobalNetworkSet\(set-7\) has \d+ bytes/)
})

dividing.run()
