// The only way to a container: every body is built here and passed through a schema that knows no more keys than these.
// No privileges, no host paths, no sockets, nothing published beyond loopback.
import type { ContainerCreateOptions } from 'dockerode'
import { z } from 'zod'

const label = z.record(z.string(), z.string())

const containerBody = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  Image: z.string().min(1),
  Cmd: z.array(z.string()),
  Env: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*=/)),
  Labels: label,
  ExposedPorts: z.record(z.string().regex(/^\d+\/tcp$/), z.strictObject({})),
  StopTimeout: z.literal(30),
  NetworkingConfig: z.strictObject({
    EndpointsConfig: z.record(z.string(), z.strictObject({ Aliases: z.array(z.string()).length(1) })),
  }),
  HostConfig: z.strictObject({
    NetworkMode: z.string().regex(/^[a-z0-9][a-z0-9-]+$/),
    PortBindings: z.record(
      z.string().regex(/^\d+\/tcp$/),
      z.array(z.strictObject({ HostIp: z.literal('127.0.0.1'), HostPort: z.string().regex(/^\d+$/) })).length(1),
    ),
    Mounts: z
      .array(
        z.strictObject({
          Type: z.literal('volume'),
          Source: z.string().regex(/^[a-z0-9][a-z0-9-]+$/),
          Target: z.string().regex(/^\/[a-z/]+$/),
        }),
      )
      .max(1),
    Memory: z.int().positive(),
    LogConfig: z.strictObject({
      Type: z.literal('json-file'),
      Config: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
    }),
    RestartPolicy: z.union([
      z.strictObject({ Name: z.literal('unless-stopped') }),
      z.strictObject({ Name: z.literal('on-failure'), MaximumRetryCount: z.int().positive() }),
    ]),
    CapDrop: z.tuple([z.literal('ALL')]),
    SecurityOpt: z.tuple([z.literal('no-new-privileges')]),
  }),
})

export type CreateBody = z.infer<typeof containerBody>

/** What differs between the containers of a stack. */
export interface ContainerWish {
  readonly name: string
  readonly alias: string
  readonly image: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly network: string
  readonly ports: readonly { readonly container: number; readonly host: number }[]
  readonly volume: { readonly name: string; readonly path: string }
  readonly memoryBytes: number
  readonly restartWithEngine: boolean
}

/** The body of `POST /containers/create`. */
export function createBody(wish: ContainerWish): CreateBody {
  const key = ({ container }: { container: number }): string => `${container}/tcp`
  return {
    name: wish.name,
    Image: wish.image,
    Cmd: [...wish.command],
    Env: Object.entries(wish.env).map(([name, value]) => `${name}=${value}`),
    Labels: { ...wish.labels },
    ExposedPorts: Object.fromEntries(wish.ports.map((port) => [key(port), {}])),
    StopTimeout: 30,
    NetworkingConfig: { EndpointsConfig: { [wish.network]: { Aliases: [wish.alias] } } },
    HostConfig: {
      NetworkMode: wish.network,
      PortBindings: Object.fromEntries(
        wish.ports.map((port) => [key(port), [{ HostIp: '127.0.0.1' as const, HostPort: String(port.host) }]]),
      ),
      Mounts: [{ Type: 'volume', Source: wish.volume.name, Target: wish.volume.path }],
      Memory: wish.memoryBytes,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      RestartPolicy: wish.restartWithEngine ? { Name: 'unless-stopped' } : { Name: 'on-failure', MaximumRetryCount: 5 },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
  }
}

/** The body if it holds nothing but what the closed list allows; throws otherwise, which is a bug. */
export function closedBody(body: unknown): ContainerCreateOptions {
  return containerBody.parse(body)
}
