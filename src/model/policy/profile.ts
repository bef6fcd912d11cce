import { type Codec, list, object, optional } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { StringMap } from '../meta/metadata.js'
import { Rule } from './rule.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/profile.go`. */
export interface ProfileSpec {
  readonly ingress?: ReadonlyArray<Rule>
  readonly egress?: ReadonlyArray<Rule>
  /** Labels of the endpoints that have the profile; their own win. */
  readonly labelsToApply?: StringMap
}

export const ProfileSpec: Codec<ProfileSpec> = object<ProfileSpec>('ProfileSpec', {
  ingress: optional(list(Rule)),
  egress: optional(list(Rule)),
  labelsToApply: optional(StringMap),
})

/**
 * Rules that apply to an endpoint after all policy. On Kubernetes, each namespace (`kns.<name>`) and service account
 * (`ksa.<namespace>.<name>`) is one, read-only, and calicoctl refuses to write any.
 */
export interface Profile extends GlobalResource<'Profile', ProfileSpec> {}
export const Profile: Codec<Profile> = global('Profile', ProfileSpec)
