import { isThisMachine } from '../net/this-machine.ts'

/** The compression worth using towards a host: none to this machine itself, where it costs more than it saves. */
export function compressionFor<C extends string>(wanted: C, host: string): C | 'none' {
  return isThisMachine(host) ? 'none' : wanted
}
