declare const refused: unique symbol

interface Because<Why extends string> {
  readonly [refused]: Why
}

/**
 * Nothing has this type: it is that of a field, or of a call, which Calico would refuse there. The compiler's
 * message then says why. (With `symbol`, which keeps the compiler from suggesting its fields for misspelt ones.)
 */
export type Refused<Why extends string> = Because<Why> & symbol
