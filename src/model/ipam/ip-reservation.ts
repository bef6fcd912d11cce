import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/ipreservation.go`. */
export interface IPReservationSpec {
  /** CIDRs and addresses. */
  readonly reservedCIDRs?: ReadonlyArray<string>
}

export const IPReservationSpec: Codec<IPReservationSpec> = object<IPReservationSpec>('IPReservationSpec', {
  reservedCIDRs: optional(list(string)),
})

/** Addresses that Calico gives to nobody by itself. */
export interface IPReservation extends GlobalResource<'IPReservation', IPReservationSpec> {}
export const IPReservation: Codec<IPReservation> = global('IPReservation', IPReservationSpec)
