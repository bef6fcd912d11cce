import { hostEndpoint } from '../../src/index.js'

/** The host endpoint of all interfaces of the lab's node, with a label by which one test's policies find it. */
export const nodeEndpoint = (id: string, address: string) =>
  hostEndpoint(id, 'lab')
    .interfaceName('*')
    .expectedIPs(address)
    .labels({ test: id })
    .profiles('projectcalico-default-allow')
