import { type RunSpec, runName } from '../../../src/runner/pod/job.js'

const run = 'b'.repeat(26)

/** A run of the owner `own` in the namespace shop, which nobody has started and which writes nothing. */
export const runSpec: RunSpec = {
  owner: 'own',
  run,
  namespace: 'shop',
  makeNamespace: false,
  serviceAccount: runName(run),
  program: { image: 'docker.io/calico/ctl:v3.28.5', command: ['/no'], pullPolicy: 'Never', environment: [] },
  pod: {},
  jobs: [],
  deadlineSeconds: 60,
  ttlSeconds: 60,
}
