import { createHttpClient } from '../net/http-arguments.ts'
import type { HttpClient } from '../net/http-arguments.ts'
import type { FileSystem } from '../outbox/file-system.ts'
import type { ComponentContext } from '../runtime/component.ts'
import type { HttpClientArguments } from '../schema/http-client-fields.ts'

/** What an exporter needs from outside besides its context; tests put their own in. */
export interface ExporterWorld {
  /** A client for one endpoint under one set of arguments. */
  readonly createClient: (args: HttpClientArguments & { readonly url: string }) => HttpClient
  /** The disk, unless it is that of this machine. */
  readonly files?: FileSystem
}

/** The network and the disk of this machine. */
export function realWorld({ userAgent, clock }: Pick<ComponentContext, 'userAgent' | 'clock'>): ExporterWorld {
  return { createClient: (args) => createHttpClient(args, { userAgent, clock }) }
}
