import { WeirError } from '../weir-error.ts'

/** Where to listen; port 0 picks a free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Parses `host:port`, `:port` (all interfaces) or `[v6]:port`. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):([0-9]{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (match === null || port > 65535) {
    throw new WeirError(
      'bad-address',
      `"${text}" is not an address to listen on`,
      'Write host:port, as in 127.0.0.1:12345.',
    )
  }
  return { host: match[1] ?? (match[2] === '' ? '0.0.0.0' : match[2]), port }
}
