import type { StringMap } from '../model/metadata.js'

export interface Metadata {
  readonly labels?: StringMap
  readonly annotations?: StringMap
}

/**
 * What all builders are made of: a resource, whose own fields are the manifest and nothing else, with methods on its
 * prototype.
 */
export class Resource<K extends string, M extends Metadata, S> {
  readonly apiVersion = 'projectcalico.org/v3'
  readonly kind: K
  readonly metadata: M
  readonly spec: S

  constructor(kind: K, metadata: M, spec: S) {
    this.kind = kind
    this.metadata = metadata
    this.spec = spec
  }

  /** The same kind of builder over other data. */
  protected copy(metadata: M, spec: S): this {
    return Reflect.construct(this.constructor, [this.kind, metadata, spec])
  }

  protected with(change: Partial<S>): this {
    return this.copy(this.metadata, { ...this.spec, ...change })
  }

  labels(labels: StringMap): this {
    return this.copy({ ...this.metadata, labels: { ...this.metadata.labels, ...labels } }, this.spec)
  }

  annotations(annotations: StringMap): this {
    return this.copy(
      { ...this.metadata, annotations: { ...this.metadata.annotations, ...annotations } },
      this.spec,
    )
  }

  when(condition: boolean, change: (builder: this) => this): this {
    return condition ? change(this) : this
  }
}
