// The page's security policy forbids making code from text; zod would try, and be reported, unless told not to. Has to be
// imported before anything that declares a schema.
import { config } from 'zod'

config({ jitless: true })
