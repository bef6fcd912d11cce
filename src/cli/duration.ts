import { InvalidArgumentError } from 'commander'

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** The milliseconds that a text such as `90s`, `1m30s` or `500ms` says; a bare number is seconds. */
export const parseDuration = (text: string): number => {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? `${text}s` : text
  const parts = [...seconds.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== seconds) {
    throw new InvalidArgumentError('Write it as 90s, 2m or 1m30s.')
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units], 0)
}
