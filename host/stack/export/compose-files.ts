import { stringify } from 'yaml'
import type { BackendName, StackSettings } from '../../contract/stack.ts'
import { containedConfig } from '../alloy/contained-config.ts'
import type { ContainedConfig } from '../alloy/contained-config.ts'
import { grafanaEnvironment } from '../docker/backend-environment.ts'
import { chosenBackends } from '../endpoints.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { backendFiles } from '../templates/backend-files.ts'
import type { ExportedFiles } from './export-stack.ts'

/** A Compose project of real Alloy and the stack: files beside it are mounted read-only, ports are on loopback only. */
export function composeFiles(text: string, settings: StackSettings): ExportedFiles {
  const withAlloy: StackSettings = { ...settings, extras: [...new Set([...settings.extras, 'alloy' as const])] }
  const alloy = containedConfig(text, settings)
  const backends = chosenBackends(withAlloy)
  const files = new Map<string, string>()
  const services = backends.map((backend) => {
    const mounts: string[] = []
    for (const file of backendFiles(backend, { settings: withAlloy, grafanaPassword: '', alloy })) {
      // Compose asks for the password when it starts: no secret is written into an export.
      if (file.secret) continue
      const path = `${backend}/${file.path.split('/').slice(3).join('/')}`
      files.set(path, file.text)
      mounts.push(`./${path}:${file.path}:ro`)
    }
    return [backend, service(backend, withAlloy, mounts, alloy)] as const
  })
  const project = {
    services: Object.fromEntries(services),
    volumes: Object.fromEntries(backends.map((backend) => [backend, {}])),
  }
  return new Map([['compose.yaml', stringify(project)], ['README.md', readme], ...files])
}

function service(
  backend: BackendName,
  settings: StackSettings,
  mounts: readonly string[],
  alloy: ContainedConfig,
): object {
  const { ports, command, dataPath, memoryBytes } = pinnedImages[backend]
  const published = ports.map(({ name, container }) => `127.0.0.1:${settings.ports[name]}:${container}`)
  const before =
    backend === 'alloy' ? ['loki', 'tempo', settings.metrics] : backend === 'grafana' ? ['loki', 'tempo'] : []
  return {
    image: imageName(settings.registry, pinnedImages[backend]),
    ...(command.length > 0 && { command: [...command] }),
    ...(backend === 'grafana' && {
      environment: {
        ...grafanaEnvironment,
        GF_SERVER_ROOT_URL: `http://127.0.0.1:${settings.ports.grafana}/`,
        GF_SECURITY_ADMIN_PASSWORD: '${GRAFANA_ADMIN_PASSWORD:?choose a password}',
      },
    }),
    ports: backend === 'alloy' ? [...published, ...alloy.ports.map((port) => `127.0.0.1:${port}:${port}`)] : published,
    volumes: [`${backend}:${dataPath}`, ...mounts, ...(backend === 'alloy' ? dockerSocket(alloy.text) : [])],
    ...(before.length > 0 && { depends_on: before }),
    restart: 'unless-stopped',
    stop_grace_period: '30s',
    mem_limit: `${memoryBytes}b`,
    security_opt: ['no-new-privileges:true'],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  }
}

/** Only for a config that reads containers' logs: whoever holds the socket rules the machine. */
function dockerSocket(config: string): readonly string[] {
  return config.includes('/var/run/docker.sock') ? ['/var/run/docker.sock:/var/run/docker.sock:ro'] : []
}

const readme = `# The pipeline and its stack with Docker Compose

    GRAFANA_ADMIN_PASSWORD=… docker compose up -d

Alloy runs the same config as Weir did, with the addresses of this network; receivers that listened on loopback listen inside
the container, whose ports are published on loopback. Grafana is at http://127.0.0.1:3000 unless another port was chosen.
`
