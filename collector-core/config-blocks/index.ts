import type { ConfigBlockDefinition } from '../schema/definition.ts'
import { http } from './http.ts'
import { livedebugging } from './livedebugging.ts'
import { logging } from './logging.ts'
import { tracing } from './tracing.ts'

/** The root blocks that configure Weir itself, by name. */
export const configBlocks: readonly ConfigBlockDefinition[] = [http, livedebugging, logging, tracing]
