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
