/** The compression worth using towards a host: none to this machine itself, where it costs more than it saves. */
export function compressionFor<C extends string>(wanted: C, host: string): C | 'none' {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^127\.\d+\.\d+\.\d+$/.test(bare) ? 'none' : wanted
}
