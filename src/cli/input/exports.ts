type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** What means to be a resource, right or wrong. */
const isResource = (value: Fields): boolean => 'kind' in value || 'apiVersion' in value

const isPlain = (value: Fields): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The default export goes first: it says the order, where the order of names would not do. */
const valuesOf = (fields: Fields): ReadonlyArray<unknown> => {
  const { default: first, ...others } = fields
  return [first, ...Object.values(others)]
}

/**
 * The resources that a module exports: by themselves, in lists, as promises; once each, however often they are
 * exported. What else it exports is no concern of ours. A CommonJS module is an object of exports in `default`.
 */
export const exportedResources = async (module: object): Promise<ReadonlyArray<unknown>> => {
  const found = new Set<unknown>()
  const collect = async (exported: unknown, isExports: boolean): Promise<void> => {
    const value = await exported
    if (!isObject(value)) return
    if (Array.isArray(value)) for (const item of value) await collect(item, false)
    else if (isResource(value)) found.add(value)
    else if (isExports && isPlain(value)) for (const item of valuesOf(value)) await collect(item, false)
  }
  for (const value of valuesOf({ ...module })) await collect(value, value === (module as Fields).default)
  return [...found]
}
