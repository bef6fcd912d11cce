import type { FelixConfigurationSpec } from '../../model/felix/felix-configuration.js'
import type { RouteTableRange } from '../../model/felix/routes.js'
import { validator } from '../engine/calico-source.js'
import {
  all,
  type CheckRule,
  type Constraint,
  each,
  fields,
  type Refusal,
  rule,
  unless,
} from '../engine/constraint.js'

const largestIndex = 0xffff_ffff
const mostTables = 0xffff
/** Deprecated: only the first 250 tables. */
const legacyLargest = 250

const print = ({ min = 0, max = 0 }: RouteTableRange): string => `${min} to ${max}`

const rangeInfo: CheckRule = {
  name: 'route-table-range',
  what: 'A range of routing tables ends before it begins, or extends beyond the tables there are.',
  remedy: 'set min and max, from 1 to 4294967295; in routeTableRange, from 1 to 250',
  source: validator('validateRouteTableIDRange and validateRouteTableRange'),
}

const idRange: Constraint<RouteTableRange> = rule(rangeInfo, (range): ReadonlyArray<Refusal> => {
  const { min = 0, max = 0 } = range
  return unless(min >= 1 && max >= min && max <= largestIndex, () => ({
    message: `${print(range)} is not a range of routing tables`,
  }))
})

const legacyRange: Constraint<RouteTableRange> = rule(rangeInfo, (range): ReadonlyArray<Refusal> => {
  const { min = 0, max = 0 } = range
  return unless(min >= 1 && max >= min && max <= legacyLargest, () => ({
    message: `${print(range)} is not a range within 1 to ${legacyLargest}`,
  }))
})

const oneOf: Constraint<FelixConfigurationSpec> = rule(
  {
    name: 'route-table-one-of',
    what: 'Both routeTableRange and routeTableRanges are set.',
    remedy: 'remove routeTableRange: it is deprecated',
    source: validator('validateFelixConfigSpec'),
  },
  ({ routeTableRange, routeTableRanges }) =>
    unless(routeTableRange === undefined || routeTableRanges === undefined, () => ({
      at: ['routeTableRange'],
      message: 'routeTableRange and routeTableRanges cannot be combined',
    })),
)

const tables = (ranges: ReadonlyArray<RouteTableRange>): number =>
  ranges.reduce((sum, { min = 0, max = 0 }) => sum + max - min + 1, 0)

const fewTables: Constraint<ReadonlyArray<RouteTableRange>> = rule(
  {
    name: 'route-tables-too-many',
    what: 'The ranges of routing tables hold more than 65535.',
    remedy: 'make the ranges smaller',
    source: validator('validateFelixConfigSpec'),
  },
  (ranges) =>
    unless(tables(ranges) <= mostTables, () => ({
      message: `the ranges hold ${tables(ranges)} tables: at most ${mostTables} are allowed`,
    })),
)

/** The routing tables that Felix may use. */
export const routeTables: Constraint<FelixConfigurationSpec> = all(
  fields<FelixConfigurationSpec>({
    routeTableRange: legacyRange,
    routeTableRanges: all(each(idRange), fewTables),
  }),
  oneOf,
)
