/** Where a gRPC endpoint leads: `host:port`, and whether it asks for TLS by its scheme. */
export type GrpcTarget =
  | { readonly target: string; readonly host: string; readonly scheme: 'https' | undefined }
  | { readonly problem: string }

/**
 * Reads `host:port`, the same behind `http://` or `https://`, or behind a resolver: `dns:`, `dns:///`, `dns://server/` (the
 * name server is the system's all the same) or `passthrough:///`. Only `https://` says something about TLS. The port must
 * be written.
 */
export function grpcTarget(endpoint: string): GrpcTarget {
  const bare = endpoint.replace(/^(?:https?:\/\/|(?:dns|passthrough):(?:\/\/[^/]*\/)?)/, '').replace(/\/$/, '')
  const match = /^(\[[0-9a-fA-F:.]+\]|[^\s:/[\]@?#]+):([0-9]{1,5})$/.exec(bare)
  if (match === null || Number(match[2]) > 65535) return { problem: 'not host:port' }
  return {
    target: bare,
    host: match[1].replace(/^\[|\]$/g, ''),
    scheme: endpoint.startsWith('https://') ? 'https' : undefined,
  }
}
