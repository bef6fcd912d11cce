const longest = 1_000
const longestRead = 20_000

/**
 * A server's message without what may be secret or belongs to the object's body: credentials, field values,
 * quoted payloads; and cut to a bearable length.
 */
export const redact = (message: string): string => {
  const short = message
    .slice(0, longestRead)
    .replace(/(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …')
    .replace(/\beyJ[\w-]+(\.[\w-]+)*/g, '…')
    // Field errors quote the value, at worst a whole pod template: `spec.x: Invalid value: core.PodSpec{…}: reason`.
    .replace(/((?:Invalid|Duplicate|Unsupported) value: )(?:"(?:[^"\\]|\\.)*"|.*(?=: )|\S+)/gs, '$1…')
    .replace(/#\d+ byte of \.\.\..*/s, '…')
    .replace(/\{[^{}]{120,}\}/gs, '{…}')
    .replace(/"(?:[^"\\]|\\.){254,}"/gs, '"…"')
  return short.length <= longest ? short : `${short.slice(0, longest)}…`
}

/** A text without these very secrets, whatever they look like. */
export const conceal = (text: string, secrets: ReadonlyArray<string>): string =>
  [...secrets]
    .filter((secret) => secret.length > 0)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)

/** The secrets of an Authorization header and of `user:password`, in the forms in which a server may echo them. */
export const secretsOf = (
  headers: Readonly<Record<string, string>>,
  auth: string | undefined,
): ReadonlyArray<string> => {
  const given = (headers.authorization ?? '').replace(/^\S+\s+/, '')
  const encoded = auth === undefined ? [] : [Buffer.from(auth).toString('base64')]
  const password = auth?.slice(auth.indexOf(':') + 1) ?? ''
  return [given, ...encoded, password]
}
