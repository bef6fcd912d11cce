import type { Name, PlanItem } from './report.js'

/** The steps of a run, in their order. */
export type Step =
  | 'check'
  | 'inspect'
  | 'plan'
  | 'connectivity'
  | 'preflight'
  | 'provision'
  | 'calicoctl'
  | 'write'
  | 'verify'
  | 'reap'
  | 'search'
  | 'restore'
  | 'remove'

/** What happens while a call is under way. Holds no secret and no policy body. */
export type RunEvent =
  | { readonly _tag: 'Started'; readonly step: Step; readonly elapsedMs: number }
  | {
      readonly _tag: 'Planned'
      readonly items: ReadonlyArray<Pick<PlanItem, 'name' | 'action'>>
      readonly elapsedMs: number
    }
  | { readonly _tag: 'Created'; readonly object: Name; readonly elapsedMs: number }
  | { readonly _tag: 'Removed'; readonly object: Name; readonly elapsedMs: number }
  | {
      readonly _tag: 'Restored'
      readonly object: Name
      readonly fields: ReadonlyArray<string>
      readonly elapsedMs: number
    }
  | { readonly _tag: 'Pod'; readonly phase: string; readonly reason?: string; readonly elapsedMs: number }
  | { readonly _tag: 'Said'; readonly container: string; readonly text: string; readonly elapsedMs: number }

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'elapsedMs'> : never

/** Tells an event to whoever listens; the time is added. */
export type Emit = (event: WithoutTime<RunEvent>) => void

/** An `Emit` that stamps the time since now. A listener that throws is not listened to again. */
export const emitter = (listener: ((event: RunEvent) => void) | undefined): Emit => {
  const start = Date.now()
  let listen = listener
  return (event) => {
    try {
      listen?.({ ...event, elapsedMs: Date.now() - start } as RunEvent)
    } catch {
      listen = undefined
    }
  }
}
