// The stack's part of the table in weir-api.ts.
import { z } from 'zod'
import { call, stream } from './call.ts'
import { backendNames, exportFormats, portNames, remoteNames } from './stack.ts'
import type {
  BackendLogLine,
  ConnectYourApp,
  DoctorReport,
  Exported,
  PointedConfig,
  Preflight,
  Proof,
  RemoteTest,
  StackAnswer,
  StackState,
} from './stack.ts'

const nothing = z.strictObject({})
const backend = z.strictObject({ backend: z.enum(backendNames) })
const path = z.string().min(1).max(4096)
const port = z.int().min(1).max(65_535)
const provider = z.enum(['docker', 'embedded', 'remote'])
const noCredentials = (address: string): boolean => !/^([a-z]+:\/\/)?[^/]*@/i.test(address)
const apart = 'user name and secret have fields of their own, and may not stand in an address'
/** An endpoint of a backend somebody else runs, as a window sends it and as it is kept in a file. */
export const remote = z.strictObject({
  name: z.enum(remoteNames),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .refine(noCredentials, apart),
  writeUrl: z.string().max(2048).refine(noCredentials, apart).optional(),
  tenant: z.string().max(256).optional(),
  username: z.string().max(256).optional(),
  /** Name of a stored secret; see `saveSecret`. */
  secret: z.string().max(128).optional(),
})

export const stackCalls = {
  /** What a start would meet, problem by problem, before anything is touched. */
  preflight: call<Preflight>()(nothing),
  /** Answers when everything is ready, or it failed or was cancelled; progress arrives as `stackState`. */
  startStack: call<StackAnswer>()(nothing),
  /** Ends what goes on right now, such as a pull. */
  cancelStack: call<null>()(nothing),
  stopStack: call<StackAnswer>()(nothing),
  restartBackend: call<StackAnswer>()(backend),
  /** Deletes what this backend stored and starts it empty. */
  resetBackend: call<StackAnswer>()(backend),
  /** Moves to the versions this Weir pins; goes back to the old container when the new one does not get ready. */
  upgradeStack: call<StackAnswer>()(nothing),
  /** Removes containers, network and all stored data; images too when asked. */
  uninstallStack: call<StackAnswer>()(z.strictObject({ images: z.boolean() })),
  /** Loads images from a tar of `docker save`. */
  importImages: call<StackAnswer>()(z.strictObject({ path })),
  chooseProvider: call<StackAnswer>()(
    z.strictObject({ provider: z.union([provider, z.literal('auto')]), dockerHost: z.string().max(4096).optional() }),
  ),
  /** Takes effect at the next start. */
  saveStackSettings: call<StackState>()(
    z.strictObject({
      ports: z.partialRecord(z.enum(portNames), port).optional(),
      metrics: z.enum(['mimir', 'prometheus']).optional(),
      extras: z.array(z.enum(['pyroscope', 'alloy'])).optional(),
      registry: z
        .string()
        .regex(/^[a-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)*$/)
        .max(256)
        .optional(),
      keepRunning: z.boolean().optional(),
    }),
  ),
  saveRemote: call<StackState>()(remote),
  deleteRemote: call<StackState>()(z.strictObject({ name: z.enum(remoteNames) })),
  testRemote: call<RemoteTest>()(remote),
  /** Sends one trace, log line and exemplar through the running pipeline and reads them back. */
  runProof: call<Proof>()(nothing),
  doctor: call<DoctorReport>()(z.strictObject({ service: z.string().max(256).optional() })),
  connectYourApp: call<ConnectYourApp>()(nothing),
  /** The text with its exporters' addresses replaced by those of the stack. */
  pointConfigAtStack: call<PointedConfig>()(z.strictObject({ text: z.string().max(8 * 1024 * 1024) })),
  exportStack: call<Exported>()(
    z.strictObject({ format: z.enum(exportFormats), folder: path, text: z.string().max(8 * 1024 * 1024) }),
  ),
} as const

export const stackStreams = {
  /** The whole state at once, then at every change, at most four times a second. */
  stackState: stream<StackState>()(nothing),
  /** The newest 500 lines of a backend's log first, then as they come. */
  backendLogs: stream<readonly BackendLogLine[]>()(backend),
} as const
