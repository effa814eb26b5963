import type { BackendName, PortName } from '../contract/stack.ts'

/** One backend as it is run: the image, where it listens, keeps its data and says that it is ready. */
export interface PinnedImage {
  readonly repository: string
  /** The tag; the templates under assets/stack are written for its minor version. */
  readonly tag: string
  readonly ports: readonly { readonly name: PortName; readonly container: number }[]
  readonly readyPath: string
  /** A folder whose owner is right in the image; a volume mounted elsewhere could not be written. */
  readonly dataPath: string
  readonly command: readonly string[]
  readonly memoryBytes: number
  /** Owner of injected secrets: the user the image runs as. */
  readonly user: number
  /** The new version may rewrite the data so that the old one cannot read it: an upgrade works on a copy. */
  readonly copyOnUpgrade: boolean
}

const mib = 1024 * 1024

/** The versions Weir is written for. Memory is a bound, not a need; see docs/stack.md. */
export const pinnedImages: Readonly<Record<BackendName, PinnedImage>> = {
  mimir: {
    repository: 'grafana/mimir',
    tag: '3.1.1',
    ports: [{ name: 'mimir', container: 9009 }],
    readyPath: '/ready',
    dataPath: '/data',
    command: ['-config.file=/etc/mimir/weir.yaml'],
    memoryBytes: 1536 * mib,
    user: 0,
    copyOnUpgrade: false,
  },
  prometheus: {
    repository: 'prom/prometheus',
    tag: 'v3.14.0',
    ports: [{ name: 'prometheus', container: 9090 }],
    readyPath: '/-/ready',
    dataPath: '/prometheus',
    command: [
      '--config.file=/etc/prometheus/weir.yml',
      '--storage.tsdb.path=/prometheus',
      '--web.enable-remote-write-receiver',
      '--web.enable-otlp-receiver',
      '--enable-feature=exemplar-storage',
    ],
    memoryBytes: 1024 * mib,
    user: 65_534,
    copyOnUpgrade: false,
  },
  loki: {
    repository: 'grafana/loki',
    tag: '3.7.6',
    ports: [{ name: 'loki', container: 3100 }],
    readyPath: '/ready',
    dataPath: '/loki',
    command: ['-config.file=/etc/loki/weir.yaml'],
    memoryBytes: 1024 * mib,
    user: 10_001,
    copyOnUpgrade: false,
  },
  tempo: {
    repository: 'grafana/tempo',
    tag: '3.0.3',
    ports: [
      { name: 'tempo', container: 3200 },
      { name: 'tempoGrpc', container: 4317 },
      { name: 'tempoHttp', container: 4318 },
    ],
    readyPath: '/ready',
    dataPath: '/var/tempo',
    command: ['-config.file=/etc/tempo/weir.yaml'],
    memoryBytes: 1024 * mib,
    user: 10_001,
    copyOnUpgrade: true,
  },
  pyroscope: {
    repository: 'grafana/pyroscope',
    tag: '2.2.1',
    ports: [{ name: 'pyroscope', container: 4040 }],
    readyPath: '/ready',
    dataPath: '/data',
    command: ['-config.file=/etc/pyroscope/config.yaml', '-usage-stats.enabled=false'],
    memoryBytes: 768 * mib,
    user: 10_001,
    copyOnUpgrade: false,
  },
  // The last minor version whose Loki, Prometheus and Tempo data sources are built in: later ones fetch them.
  grafana: {
    repository: 'grafana/grafana',
    tag: '13.1.4',
    ports: [{ name: 'grafana', container: 3000 }],
    readyPath: '/api/health',
    dataPath: '/var/lib/grafana',
    command: [],
    memoryBytes: 768 * mib,
    user: 472,
    copyOnUpgrade: true,
  },
  alloy: {
    repository: 'grafana/alloy',
    tag: 'v1.18.1',
    ports: [{ name: 'alloy', container: 12_345 }],
    readyPath: '/-/ready',
    dataPath: '/var/lib/alloy/data',
    command: [
      'run',
      '--server.http.listen-addr=0.0.0.0:12345',
      '--storage.path=/var/lib/alloy/data',
      '--disable-reporting',
      '/etc/alloy/weir.alloy',
    ],
    memoryBytes: 1024 * mib,
    user: 0,
    copyOnUpgrade: false,
  },
}

/** The full name of an image, as every engine understands it (Podman guesses no registry). */
export function imageName(registry: string, { repository, tag }: Pick<PinnedImage, 'repository' | 'tag'>): string {
  return `${registry}/${repository}:${tag}`
}
