import type { KubeObject } from '../../cluster/port.js'
import { networkInterval } from '../../net/cidr.js'
import { type Failure, invalidField } from './failure.js'

const cidrOf = ({ spec }: KubeObject): string => String(Object(spec).cidr)

const overlap = (one: string, other: string): boolean => {
  const [a, b] = [networkInterval(one), networkInterval(other)]
  return a !== undefined && b !== undefined && a.from < b.until && b.from < a.until
}

/** Why a new pool cannot be beside the others. **Source**: `libcalico-go/lib/clientv3/ippool.go`, validateAndSetDefaults. */
export const overlapOf = (pool: KubeObject, others: ReadonlyArray<KubeObject>): Failure | undefined => {
  const { name } = pool.metadata
  const other = others.find((one) => one.metadata.name !== name && overlap(cidrOf(pool), cidrOf(one)))
  if (other === undefined) return undefined
  const reason = `IPPool(${name}) CIDR overlaps with IPPool(${other.metadata.name}) CIDR ${cidrOf(other)}`
  return invalidField('IPPool.Spec.CIDR', cidrOf(pool), reason)
}
