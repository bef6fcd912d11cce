/** `main.js apply | cleanup | plan | render [values.yaml …]`: karydia's host security, on a cluster or as YAML. */
import { readFileSync } from 'node:fs'
import { kubeCluster, printPlan } from 'typed-calico/runner'
import { parse } from 'yaml'
import { type Inputs, inputsOf } from './inputs.js'
import { render } from './render.js'
import { apply, cleanup, plan } from './run.js'
import { merge } from './values.js'

/** Helm's values: from files, or as the chart gives them to its Jobs. */
const readInputs = (files: ReadonlyArray<string>): Inputs => {
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  const all = texts.length > 0 ? texts : [process.env.KARYDIA_VALUES ?? '']
  return inputsOf(all.map((text): unknown => parse(text)).reduce(merge))
}

/** Fires when Kubernetes ends the pod, or at Ctrl-C: the run then removes what it made. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => controller.abort())
  return controller.signal
}

const main = async ([command, ...files]: ReadonlyArray<string>): Promise<void> => {
  const inputs = readInputs(files)
  if (command === 'render') return console.log(render(inputs))
  const cluster = kubeCluster({ namespace: inputs.release.namespace })
  switch (command) {
    case 'plan':
      return console.log(printPlan(await plan(cluster, inputs)))
    case 'apply':
      for (const { name, outcome } of (await apply(cluster, inputs, interrupted())).items) {
        console.log(`${outcome} ${name}`)
      }
      return
    case 'cleanup': {
      const { removed, restored } = await cleanup(cluster, inputs, interrupted())
      for (const { name, kept } of restored)
        for (const field of kept) console.log(`kept ${name}: ${field} has been changed since it was set`)
      return console.log(`nothing is left; ${removed.length} objects removed, ${restored.length} restored`)
    }
    default:
      throw new Error('usage: main.js apply | cleanup | plan | render [values.yaml …]')
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
