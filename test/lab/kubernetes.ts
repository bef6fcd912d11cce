import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { source } from './place.js'

/** A release of Kubernetes that a lab can be made of. */
export interface Release {
  /** Such as `1.37`: the folder of the Go module that pins all that goes into it. */
  readonly minor: string
  /** Such as `1.37.2`. */
  readonly version: string
  /** The least Go that builds it, such as `1.26`. */
  readonly go: string
}

const folder = join(source, 'tools/kubernetes')

const releaseIn = (minor: string): Release => {
  const module = readFileSync(join(folder, minor, 'go.mod'), 'utf8')
  const [, go] = /^go (\d+\.\d+)/m.exec(module) ?? []
  const [, version] = /k8s\.io\/kubernetes v(\S+)/.exec(module) ?? []
  if (go === undefined || version === undefined) throw new Error(`${folder}/${minor}: no version in go.mod`)
  return { minor, version, go }
}

/** Oldest first. */
const releases = readdirSync(folder).sort().map(releaseIn)

/** The release of a minor version, or the newest where none is asked for. */
export const releaseOf = (minor?: string): Release => {
  const found = minor === undefined ? releases.at(-1) : releases.find((release) => release.minor === minor)
  if (found) return found
  const known = releases.map((release) => release.minor).join(', ')
  throw new Error(`there is no Kubernetes ${minor} for the lab: ask for one of ${known}`)
}

/** The version of its API in which a release serves MutatingAdmissionPolicy; undefined where that is alpha. */
export const mutatingAdmission = ({ minor }: Release): 'v1' | 'v1beta1' | undefined => {
  const number = Number(minor.split('.')[1])
  if (number >= 36) return 'v1'
  return number >= 34 ? 'v1beta1' : undefined
}

/** What a release's API server must be told to serve it: what is beta is off. */
export const apiServerFlags = (release: Release): string =>
  mutatingAdmission(release) === 'v1beta1'
    ? '--feature-gates=MutatingAdmissionPolicy=true --runtime-config=admissionregistration.k8s.io/v1beta1=true'
    : ''
