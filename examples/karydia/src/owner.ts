import { createHash } from 'node:crypto'

export interface Release {
  readonly name: string
  readonly namespace: string
}

/**
 * Whose the policies of a release are: `karydia-` and a digest, in at most 40 lower-case letters, digits and dashes. Names
 * and namespaces may have dashes, but no slash: `karydia-prod` in `eu` is not `karydia` in `prod-eu`. The chart's
 * templates say the same.
 */
export const ownerOf = ({ name, namespace }: Release): string => {
  const readable = name.replaceAll('.', '-').slice(0, 23).replace(/-$/, '')
  const digest = createHash('sha256').update(`${name}/${namespace}`).digest('hex').slice(0, 16)
  return `${readable}-${digest}`
}
