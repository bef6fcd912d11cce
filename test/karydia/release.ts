import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentOf } from '../lab/clients.js'
import { type Output, run } from '../lab/command.js'
import type { Place } from '../lab/place.js'
import { helmProgram } from './helm.js'

const example = 'examples/karydia'

/** A release of a chart that is made of the overlay alone. */
export interface Release {
  /** helm gives up after so many seconds: what it started goes on. */
  readonly install: (values: object, seconds?: number) => Promise<Output>
  readonly upgrade: (values: object) => Promise<Output>
  readonly uninstall: () => Promise<Output>
  /** What the chart renders, with the overlay's own values and these; or why it does not. No cluster is asked. */
  readonly template: (values: object) => Promise<string>
  /** The chart's folder, for files to be laid into. */
  readonly chart: string
  readonly remove: () => Promise<void>
}

export const releaseOf = async (place: Place, name: string, namespace: string): Promise<Release> => {
  const program = await helmProgram(place)
  const chart = await mkdtemp(join(tmpdir(), 'karydia-'))
  await cp('test/karydia/chart', chart, { recursive: true })
  await cp(`${example}/chart`, chart, { recursive: true })
  const call = (args: ReadonlyArray<string>, values: object = {}): Promise<Output> =>
    run(program, [...args, '--namespace', namespace], {
      env: environmentOf(place),
      stdin: JSON.stringify(values),
    })
  const files = ['--values', `${example}/values.calico.yaml`, '--values', '-']
  const wait = ['--timeout', '120s']
  return {
    install: (values, seconds = 120) =>
      call(['install', name, chart, ...files, '--timeout', `${seconds}s`], values),
    upgrade: (values) => call(['upgrade', name, chart, ...files, ...wait], values),
    uninstall: () => call(['uninstall', name, ...wait]),
    template: async (values) => {
      const { code, stdout, stderr } = await call(['template', name, chart, ...files], values)
      return code === 0 ? stdout : stderr
    },
    chart,
    remove: () => rm(chart, { recursive: true }),
  }
}
