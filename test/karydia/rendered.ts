import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/cluster/port.js'
import { placeOf } from '../lab/place.js'
import { releaseOf } from './release.js'

/** Values that switch the overlay on; `config.calico` is what is given beside them. */
export const switchedOn = (calico: object = {}) => ({
  features: { calicoHostSecurity: true },
  config: { calico: { image: 'karydia-calico', nodeCIDR: '10.250.0.0/16', ...calico } },
})

interface Rendering {
  readonly name?: string
  readonly namespace?: string
  /** Changes the helpers' text first. */
  readonly change?: (template: string) => string
  /** Laid into the chart, by their paths. */
  readonly files?: Readonly<Record<string, string>>
}

/** What helm renders, or says in refusing. */
export const template = async (
  values: object,
  { name = 'karydia', namespace = 'karydia', change, files = {} }: Rendering = {},
): Promise<string> => {
  const release = await releaseOf(placeOf(), name, namespace)
  const helpers = join(release.chart, 'templates/_calico.tpl')
  try {
    if (change !== undefined) await writeFile(helpers, change(await readFile(helpers, 'utf8')))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(release.chart, path)), { recursive: true })
      await writeFile(join(release.chart, path), text)
    }
    return await release.template(values)
  } finally {
    await release.remove()
  }
}

export const rendered = async (values: object, of: Rendering = {}): Promise<ReadonlyArray<KubeObject>> =>
  parseAllDocuments(await template(values, of)).flatMap((document) => document.toJS() ?? [])

export const hookOf = ({ metadata }: KubeObject): string | undefined => metadata.annotations?.['helm.sh/hook']
