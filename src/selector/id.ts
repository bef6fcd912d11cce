import { sha224 } from '@noble/hashes/sha2.js'
import type { Selector } from './ast.js'
import { printSelector } from './print.js'

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * Calico's unique id of the selector: equal for selectors whose canonical form is equal. Felix names its IP sets by it.
 *
 * **Source**: `libcalico-go/lib/hash/unique_id.go`, and UniqueID in `libcalico-go/lib/selector/parser/ast.go`.
 *
 * @example
 * selectorId(all()) // => 's:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug'
 */
export const selectorId = (selector: Selector): string =>
  `s:${base64Url(sha224(new TextEncoder().encode(`s:${printSelector(selector)}`)))}`
