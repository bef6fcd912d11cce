export type { StoredObject } from '../model/stored-object.js'
export { type ToStorageOptions, toStorage } from './to-storage.js'
