import type { Fact } from './contract-ground.js'
import { definitionFacts } from './facts/definitions.js'
import { discoveryFacts } from './facts/discovery.js'
import { garbageFacts } from './facts/garbage.js'
import { indexJobFacts } from './facts/index-jobs.js'
import { jobFacts } from './facts/jobs.js'
import { listFacts } from './facts/lists.js'
import { namespaceFacts } from './facts/namespaces.js'
import { objectFacts } from './facts/objects.js'
import { podFacts } from './facts/pods.js'
import { rbacFacts } from './facts/rbac.js'
import { rejectionFacts } from './facts/rejections.js'
import { wordFacts } from './facts/words.js'

/** What holds on every cluster behind the port: in memory, in memory behind HTTP, and real. */
export const clusterContract = (fact: Fact): void => {
  objectFacts(fact)
  listFacts(fact)
  rejectionFacts(fact)
  garbageFacts(fact)
  namespaceFacts(fact)
  discoveryFacts(fact)
  definitionFacts(fact)
  rbacFacts(fact)
  jobFacts(fact)
  indexJobFacts(fact)
  podFacts(fact)
  wordFacts(fact)
}
