import { boolean, type Codec, object, optional, string, textAlone } from '../codec/codec.js'

/** A key of a secret in the namespace of Calico's node pods. **Source**: k8s.io/api `core/v1.SecretKeySelector`. */
export interface SecretKeyRef {
  readonly name?: string
  readonly key: string
  /** Whether the secret may be absent; false by default. */
  readonly optional?: boolean
}

const SecretKeyRef: Codec<SecretKeyRef> = object<SecretKeyRef>('SecretKeySelector', {
  name: optional(textAlone),
  key: string,
  optional: optional(boolean),
})

/** Where a BGP password is: at most 80 characters, in a secret. */
export interface BGPPassword {
  readonly secretKeyRef?: SecretKeyRef
}

export const BGPPassword: Codec<BGPPassword> = object<BGPPassword>('BGPPassword', {
  secretKeyRef: optional(SecretKeyRef),
})
