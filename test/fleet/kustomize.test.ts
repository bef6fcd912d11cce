// @lab
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { orThrow } from '../../src/error.js'
import { toStorage } from '../../src/fleet/to-storage.js'
import { printYaml } from '../../src/yaml/print/print.js'
import { labTests } from '../lab/lab.js'
import { sample } from './sample.js'

const building = suite('kustomize and the stored form')
const onLab = await labTests(building)

onLab('kustomize hands on what it is given, field by field', async (lab) => {
  const objects = orThrow(toStorage(sample, { calico: '3.28.5', owner: 'shop' }))
  const folder = await mkdtemp(join(tmpdir(), 'kustomize-'))
  try {
    await writeFile(join(folder, 'policies.yaml'), printYaml(objects))
    await writeFile(join(folder, 'kustomization.yaml'), 'resources: [policies.yaml]\n')
    const { code, stdout, stderr } = await lab.kubectl(['kustomize', folder])
    assert.is(code, 0, stderr)
    const texts = (all: ReadonlyArray<unknown>) => all.map((it) => JSON.stringify(sorted(it))).sort()
    const built = parseAllDocuments(stdout).map((document) => document.toJS())
    assert.equal(texts(built), texts(JSON.parse(JSON.stringify(objects))))
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** With the keys of its maps in order. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]))
}

building.run()
