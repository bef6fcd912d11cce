import { readdir, readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { agree, type Disagreement } from './disagreement.js'
import { manifests } from './generate/manifest.js'
import { oracleTests } from './oracle.js'
import { documents, rounds } from './size.js'
import { compare } from './verdict.js'

const namedCases = async (): Promise<ReadonlyArray<{ readonly id: string; readonly doc: string }>> => {
  const folder = new URL('./cases/manifests/', import.meta.url)
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map(async (id) => ({ id, doc: await readFile(new URL(id, folder), 'utf8') })))
}

const conformance = suite('manifests get the verdict that calicoctl gives')
const asked = await oracleTests(conformance)

asked(`in ${documents} generated files`, async (oracle) => {
  const [known] = await oracle.ask([{ op: 'kinds' }])
  if (!known?.ok) throw new Error('the oracle knows no kinds')
  const found: Array<Disagreement> = []
  const total: Record<string, number> = {}
  for (const size of rounds(documents)) {
    const files = manifests(known.kinds, size).map((doc, i) => ({ id: `seed ${size.seed} #${i}`, doc }))
    const { disagreements, tally } = await compare(oracle, files)
    found.push(...disagreements)
    for (const [fate, count] of Object.entries(tally)) total[fate] = (total[fate] ?? 0) + count
  }
  console.log(total)
  assert.ok((total.accepted ?? 0) > documents / 5, 'too few files are accepted to compare what they become')
  agree(documents, found)
})

asked('in the named cases', async (oracle) => {
  const files = await namedCases()
  agree(files.length, (await compare(oracle, files)).disagreements)
})

conformance.run()
