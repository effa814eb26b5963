import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The bundled command line, beside the file this runs from. */
export const bundlePath = join(dirname(fileURLToPath(import.meta.url)), 'weir.mjs')

/** The pipeline a new user sees, in a checkout as in a package. */
export const examplePath = join(dirname(bundlePath), '..', 'assets', 'examples', 'default.alloy')
