import { blocks, bool, duration, integer, list, string, targets } from '../../../schema/field.ts'
import { defineComponent } from '../../../schema/definition.ts'
import { checkDockerHost } from '../../../schema/docker-host.ts'
import { httpClientFields } from '../../../schema/http-client-fields.ts'

export const definition = defineComponent({
  name: 'discovery.docker',
  summary: 'Finds the running containers of a Docker engine.',
  stage: 'discover',
  arguments: {
    host: string('Where the engine listens, e.g. `unix:///var/run/docker.sock`.', { required: true }),
    port: integer('Port for containers that expose none.', { default: 80, min: 0, max: 65_535 }),
    host_networking_host: string('Address of containers that use the network of the host.', { default: 'localhost' }),
    refresh_interval: duration('How often the containers are listed besides after every event.', { default: 60_000 }),
    match_first_network: bool('Use only the alphabetically first network of a container.', { default: true }),
    filter: blocks(
      {
        name: string('What to filter by, as in `docker ps --filter`.', { required: true }),
        values: list(string(''), 'Values, one of which has to match.', { required: true }),
      },
      'Only list containers that match.',
    ),
    ...httpClientFields,
  },
  exports: {
    targets: targets('The containers, one target per network and TCP port.', {}),
  },
  check: (args) => [
    ...checkDockerHost(args.host, args),
    ...(args.refresh_interval > 0
      ? []
      : [{ path: ['refresh_interval'], message: 'refresh_interval must be greater than 0' }]),
  ],
  example: `discovery.docker "containers" {
	host = "unix:///var/run/docker.sock"
}
`,
})
