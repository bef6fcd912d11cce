import { inputs } from './inputs.js'
import { lifecycle } from './lifecycle.js'
import { places } from './places.js'
import { rights, versions } from './rights.js'

export const scenarios = [...lifecycle, ...places, ...inputs, ...rights, ...versions]
