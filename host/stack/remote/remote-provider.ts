import { WeirError } from '../../../collector-core/weir-error.ts'
import type {
  BackendCard,
  BackendLogLine,
  BackendName,
  Preflight,
  PreflightFinding,
  RemoteEndpoint,
  StackEndpoints,
} from '../../contract/stack.ts'
import type { Order, StackProvider } from '../stack-provider.ts'
import { remoteEndpoints } from './remote-access.ts'
import type { ReadSecret } from './remote-access.ts'
import { testRemote } from './test-remote.ts'

/** Backends that somebody else runs: they are asked, never changed. */
export class RemoteProvider implements StackProvider {
  readonly provider = 'remote'
  private readonly remotes: readonly RemoteEndpoint[]
  private readonly secret: ReadSecret

  constructor(remotes: readonly RemoteEndpoint[], secret: ReadSecret) {
    this.remotes = remotes
    this.secret = secret
  }

  get endpoints(): StackEndpoints | undefined {
    return remoteEndpoints(this.remotes)
  }

  async preflight(): Promise<Preflight> {
    const tests = await Promise.all(this.remotes.map((remote) => testRemote(remote, this.secret)))
    const findings = tests.map(({ state, words, problem }): PreflightFinding => ({
      check: 'engine',
      severity: state === 'ok' ? 'ok' : 'error',
      message: words,
      owner: undefined,
      fix: problem === undefined ? undefined : { kind: 'by-hand', words: problem.nextStep },
    }))
    if (this.endpoints === undefined) {
      const words = 'Fill in the addresses of Loki, Tempo and Mimir.'
      const message = 'not every signal has an endpoint'
      return {
        findings: [
          ...findings,
          { check: 'engine', severity: 'error', message, owner: undefined, fix: { kind: 'by-hand', words } },
        ],
        images: [],
        canStart: false,
      }
    }
    return { findings, images: [], canStart: findings.every(({ severity }) => severity === 'ok') }
  }

  async start(): Promise<void> {
    // The pre-flight has asked each of them.
  }

  async stop(): Promise<void> {
    // Somebody else's to stop.
  }

  restart(backend: BackendName): Promise<void> {
    return notHere(`restart ${backend}`)
  }

  reset(backend: BackendName): Promise<void> {
    return notHere(`reset ${backend}`)
  }

  upgrade(): Promise<void> {
    return notHere('upgrade the stack')
  }

  uninstall(_options: { readonly images: boolean }, _order: Order): Promise<void> {
    return notHere('uninstall the stack')
  }

  importImages(): Promise<void> {
    return notHere('import images')
  }

  async cards(): Promise<readonly BackendCard[]> {
    return Promise.all(
      this.remotes.map(async (remote): Promise<BackendCard> => {
        const { state, words, problem } = await testRemote(remote, this.secret)
        return {
          backend: remote.name,
          state: state === 'ok' ? 'ready' : 'unready',
          readiness: words,
          since: undefined,
          version: undefined,
          image: undefined,
          port: undefined,
          url: remote.url,
          memoryBytes: undefined,
          memoryLimitBytes: undefined,
          cpuPercent: undefined,
          diskBytes: undefined,
          sent: undefined,
          restarts: 0,
          problem,
          upgradeTo: undefined,
        }
      }),
    )
  }

  followLogs(
    backend: BackendName,
    _onLines: (lines: readonly BackendLogLine[]) => void,
    _stop: AbortSignal,
  ): Promise<void> {
    return notHere(`read the log of ${backend}`)
  }

  async watch(): Promise<void> {
    // Nothing tells when they change; the clock asks.
  }

  async close(): Promise<void> {
    // Nothing is held.
  }
}

async function notHere(what: string): Promise<never> {
  throw new WeirError('unsupported-order', `Weir cannot ${what}: it runs elsewhere`, 'Do it where the backend runs.')
}
