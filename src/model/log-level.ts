import { type Codec, literal } from './codec.js'

/** What is logged: this, and what is more severe. Case matters. */
export type LogLevel = 'Debug' | 'Info' | 'Warning' | 'Error' | 'Fatal'
export const LogLevel: Codec<LogLevel> = literal('Debug', 'Info', 'Warning', 'Error', 'Fatal')
