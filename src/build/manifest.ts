import type { StringMap } from '../model/meta/metadata.js'
import type { ResourceBuilder } from './policy-builder.js'

export interface Metadata {
  readonly name: string
  readonly namespace?: string
  readonly labels?: StringMap
  readonly annotations?: StringMap
}

/** The class of a manifest, as its methods call it. */
type Constructor<B> = new (kind: string, metadata: Metadata, spec: unknown) => B

/**
 * A resource whose own fields are the manifest and nothing else; the methods are on its prototype. It has no hidden
 * state either: any object with these fields and this prototype is as good, such as one with a comment.
 */
export class Manifest<K extends string, M extends Metadata, S> implements ResourceBuilder {
  readonly apiVersion = 'projectcalico.org/v3'
  readonly kind: K
  readonly metadata: M
  readonly spec: S

  constructor(kind: K, metadata: M, spec: S) {
    this.kind = kind
    this.metadata = metadata
    this.spec = spec
  }

  labels(labels: StringMap): this {
    return this.withMetadata({ labels: { ...this.metadata.labels, ...labels } })
  }

  annotations(annotations: StringMap): this {
    return this.withMetadata({ annotations: { ...this.metadata.annotations, ...annotations } })
  }

  when(condition: boolean, change: (builder: this) => this): this {
    return condition ? change(this) : this
  }

  protected with(change: Partial<S>): this {
    return this.remade(this.kind, this.metadata, { ...this.spec, ...change })
  }

  protected remade<B = this>(kind: string, metadata: Metadata, spec: unknown): B {
    return new (this.constructor as Constructor<B>)(kind, metadata, spec)
  }

  private withMetadata(change: Partial<Metadata>): this {
    return this.remade(this.kind, { ...this.metadata, ...change }, this.spec)
  }
}
