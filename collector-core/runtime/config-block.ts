import type { LogWriter } from '../telemetry/log-writer.ts'
import type { DefinitionArguments } from '../schema/definition.ts'
import type { http } from '../config-blocks/http.ts'
import type { livedebugging } from '../config-blocks/livedebugging.ts'
import type { logging } from '../config-blocks/logging.ts'
import { logMirror } from './log-mirror.ts'
import type { Arguments } from './running-component.ts'

/** What root blocks configure. */
export interface Configurable {
  readonly writer: LogWriter
  readonly server: {
    protect(auth: DefinitionArguments<typeof http>['auth']): void
    allowLiveDebugging(allowed: boolean): void
  }
}

/** Puts the arguments of a root block into effect; the empty name resets everything to its defaults. */
export function applyConfigBlock(name: string, args: Arguments, { writer, server }: Configurable): void {
  switch (name) {
    case '':
      writer.configure({ level: 'info', format: 'logfmt' })
      server.protect(undefined)
      server.allowLiveDebugging(false)
      return
    case 'logging': {
      const { level, format, write_to } = args as DefinitionArguments<typeof logging>
      writer.configure({ level, format, ...(write_to.length > 0 && { mirror: logMirror(write_to) }) })
      return
    }
    case 'http':
      server.protect((args as DefinitionArguments<typeof http>).auth)
      return
    case 'livedebugging':
      server.allowLiveDebugging((args as DefinitionArguments<typeof livedebugging>).enabled)
      return
    case 'tracing':
      return
  }
}
