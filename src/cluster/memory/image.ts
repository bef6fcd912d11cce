const reference =
  /^(?:([a-z0-9.-]+(?::\d+)?)\/)?((?:[a-z0-9._-]+\/)*[a-z0-9._-]+)(?::([\w.-]{1,128}))?(@sha256:[0-9a-f]{64})?$/

export interface Image {
  /** Without registry, tag and digest: `calico/ctl`. */
  readonly repository: string
  readonly tag: string | undefined
}

const isRegistry = (host: string | undefined): boolean => host !== undefined && /[.:]|^localhost$/.test(host)

/** Undefined when it is no image reference. */
export const parseImage = (image: string): Image | undefined => {
  const match = reference.exec(image)
  if (match === null) return undefined
  const [, host, path = '', tag] = match
  return { repository: isRegistry(host) || host === undefined ? path : `${host}/${path}`, tag }
}
