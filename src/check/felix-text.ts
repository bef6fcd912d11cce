import type { HealthTimeoutOverride } from '../model/felix/logs.js'
import type { StringMap } from '../model/metadata.js'
import { all, type Constraint, each, fields, rule, unless } from './constraint.js'
import { quoted } from './dns-name.js'
import { validator } from './source.js'
import { form } from './text.js'

/** `name=value`, by commas; between commas there may be nothing. */
export const keyValues: Constraint<string> = form(
  {
    name: 'key-value-list',
    what: 'A list of settings is not name=value, by commas.',
    remedy: 'write it as "First=true,Second=false"',
    source: validator('validateKeyValueList'),
  },
  (text) =>
    text.trim() === '' || text.split(',').every((item) => item === '' || /^[\t\n\f\r ]*\w+=.*$/.test(item)),
  'no list of name=value',
)

/** Where metrics are served: a host name or an address. */
export const prometheusHost: Constraint<string> = form(
  {
    name: 'prometheus-host',
    what: 'The host that metrics are served on is none.',
    remedy: 'use a host name or an address of at most 64 characters',
    source: validator('validatePrometheusHost'),
  },
  (text) => /^[a-zA-Z0-9:._+-]{1,64}$/.test(text),
  'no host',
)

/** The keys are interfaces. */
export const logFilters: Constraint<StringMap> = rule(
  {
    name: 'bpf-log-filter',
    what: 'A log filter of BPF is for no interface.',
    remedy: 'name an interface, or all, weps or heps',
    source: validator('validateBPFLogFilters'),
  },
  (filters) =>
    Object.keys(filters)
      .filter((key) => !/^[a-zA-Z0-9_.-]{1,15}$/.test(key))
      .map((key) => ({ at: [key], message: `${quoted(key)} is no name of an interface` })),
)

const overrideName: Constraint<HealthTimeoutOverride> = rule(
  {
    name: 'health-timeout-name',
    what: 'The part of Felix whose silence is limited has no name that Felix could have given it.',
    remedy: 'use letters, digits, "_", "-" and spaces',
    source: validator('validateHealthTimeoutOverride'),
  },
  ({ name = '' }) =>
    unless(/^[a-zA-Z0-9_ -]+$/.test(name), () => ({
      at: ['name'],
      message: `${quoted(name)} is no name of a part of Felix`,
    })),
)

const positive: Constraint<string> = form(
  {
    name: 'health-timeout-negative',
    what: 'A time-out is negative.',
    remedy: 'leave the "-" out',
    source: validator('validateHealthTimeoutOverride'),
  },
  (text) => !text.startsWith('-') || !/[1-9]/.test(text),
  'negative',
)

export const overrides: Constraint<ReadonlyArray<HealthTimeoutOverride>> = each(
  all(overrideName, fields<HealthTimeoutOverride>({ timeout: positive })),
)
