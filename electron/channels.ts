/** The names under which a window and the shell speak. */
export const channels = {
  /** A page begins: whatever was said before on this window is over. */
  begin: 'weir:begin',
  /** The messages of `host/contract/transport.ts`, both ways. */
  message: 'weir:message',
  /** From the page: whether it watches frames. To it: a port on which the collector itself sends them. */
  frames: 'weir:frames',
} as const
