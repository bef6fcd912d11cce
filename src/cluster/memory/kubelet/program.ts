import type { ApiRequest, ApiResponse } from '../../transport.js'

/** One run of a container's command. */
export interface ProgramRun {
  /** The image as the pod names it, with registry, tag and digest. */
  readonly image: string
  /** Empty when the pod leaves it to the image. */
  readonly command: ReadonlyArray<string>
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** What is mounted: text by absolute path. */
  readonly files: ReadonlyMap<string, string>
  /** `system:serviceaccount:NAMESPACE:NAME`. */
  readonly user: string
  /** A request to the API server as that service account. Fails when the pod cannot reach it. */
  readonly send: (request: ApiRequest) => Promise<ApiResponse>
  /** Fires when the pod is to stop. */
  readonly signal: AbortSignal
}

/** How a container ended, and what it printed. */
export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Why the container ended, where it is not `Completed` or `Error`: `OOMKilled`, `StartError`. */
  readonly reason?: string
  /** What the container runtime says of that. */
  readonly message?: string
}

/** What an image does when a container of it runs: plain TypeScript in place of a binary. */
export type Program = (run: ProgramRun) => Promise<ProgramResult>
