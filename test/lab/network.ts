import { must, run } from './command.js'
import { digest, type Place } from './place.js'

/** A lab's addresses, all from 198.18.0.0/15: nothing public or private is ever there (RFC 2544). */
export interface Network {
  /** The lab's node and API server, as seen from the machine and from pods. */
  readonly address: string
  /** The machine's end of the link. */
  readonly gateway: string
  readonly pods: string
  /** Only routed inside the lab. */
  readonly services: string
}

const networkOf = (index: number): Network => ({
  address: `198.18.${index}.2`,
  gateway: `198.18.${index}.1`,
  pods: `198.19.${index}.0/24`,
  services: '10.96.0.0/16',
})

/** The same addresses for the same lab each time, unless another lab on this machine has them now. */
export const chooseNetwork = async (place: Place): Promise<Network> => {
  const taken = await must('ip', ['-oneline', '-4', 'address', 'show', 'to', '198.18.0.0/16'])
  const first = Number.parseInt(digest(place.id).slice(0, 2), 16)
  const free = Array.from({ length: 256 }, (_, step) => networkOf((first + step) % 256)).find(
    ({ gateway }) => !taken.includes(`${gateway}/`),
  )
  if (!free) throw new Error('all networks in 198.18.0.0/16 are taken on this machine')
  return free
}

/** Links the machine to the network namespace of process `pid`, and routes the lab's pods there. */
export const connect = async (place: Place, network: Network, pid: number): Promise<void> => {
  const ip = (...args: ReadonlyArray<string>) => must('ip', args)
  await ip('link', 'add', place.id, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `${pid}`)
  await ip('address', 'add', `${network.gateway}/30`, 'dev', place.id)
  await ip('link', 'set', place.id, 'up')
  await ip('route', 'add', network.pods, 'via', network.address, 'dev', place.id)
}

/** The kernel removes the link with the lab's namespace, but some time later. */
export const disconnect = async (place: Place): Promise<void> => {
  await run('ip', ['link', 'delete', place.id])
}
