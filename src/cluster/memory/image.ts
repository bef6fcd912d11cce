const reference =
  /^(?:([a-z0-9.-]+(?::\d+)?)\/)?((?:[a-z0-9._-]+\/)*[a-z0-9._-]+)(?::([\w.-]{1,128}))?(@sha256:[0-9a-f]{64})?$/

const isRegistry = (host: string | undefined): host is string =>
  host !== undefined && /[.:]|^localhost$/.test(host)

/**
 * Where an image comes from, with its registry and without tag and digest: `docker.io/calico/ctl`. Undefined when it
 * is no image reference.
 */
export const repositoryOf = (image: string): string | undefined => {
  const match = reference.exec(image)
  if (match === null) return undefined
  const [, host, path = ''] = match
  if (isRegistry(host)) return `${host}/${path}`
  const full = host === undefined ? path : `${host}/${path}`
  return `docker.io/${full.includes('/') ? full : `library/${full}`}`
}
