/**
 * What may happen to one request. `lost …` and `late` are the two that a client cannot tell apart: the reply never
 * comes, and the write has happened, or happens after all when the client has long given up. `dead …` is a client
 * that is killed there: nothing of it arrives any more.
 */
export const faults = [
  'reset',
  'lost reply',
  'late',
  'cut reply',
  'frozen',
  'down',
  '403',
  '409',
  '410',
  '429',
  '500',
  '503',
  '504 after commit',
  'dead before',
  'dead after',
] as const

export type Fault = (typeof faults)[number]

export const isDeath = (fault: Fault): boolean => fault.startsWith('dead')

const reasons: Readonly<Record<string, string>> = {
  403: 'Forbidden',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/** A reply as an API server writes it. */
export const replyOf = (status: number) => {
  const reason = reasons[status] ?? 'Unknown'
  const message =
    status === 403 ? 'x is forbidden: User "tester" cannot do this in API group ""' : `injected: ${reason}`
  return {
    status,
    headers: { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '1' } : {}) },
    body: JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details: {},
      code: status,
    }),
  }
}
