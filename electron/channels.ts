/** The two names under which a window and the shell exchange the messages of `host/contract/transport.ts`. */
export const channels = {
  /** A page begins: whatever was said before on this window is over. */
  begin: 'weir:begin',
  message: 'weir:message',
} as const
