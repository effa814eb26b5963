import { block, duration, map, receivers, rules, string, targets } from '../../../../schema/field.ts'
import { defineComponent } from '../../../../schema/definition.ts'
import { checkDockerHost } from '../../../../schema/docker-host.ts'
import { httpClientFields } from '../../../../schema/http-client-fields.ts'

export const definition = defineComponent({
  name: 'loki.source.docker',
  summary: 'Reads the logs of Docker containers, every line once.',
  stage: 'collect',
  arguments: {
    host: string('Where the engine listens, e.g. `unix:///var/run/docker.sock`.', { required: true }),
    targets: targets('Containers to read, found by their label `__meta_docker_container_id`.', { required: true }),
    forward_to: receivers('logs', 'Where the lines go.', { required: true }),
    labels: map(string(''), 'Labels for every line; they win over those of the target.'),
    relabel_rules: rules('Rules applied once to the labels of each container and channel.'),
    refresh_interval: duration('How often the containers are looked at besides after every event.', {
      default: 60_000,
    }),
    http_client_config: block(httpClientFields, 'How to reach an engine behind a network address.'),
  },
  exports: {},
  check: (args) => [
    ...(args.refresh_interval > 0
      ? []
      : [{ path: ['refresh_interval'], message: 'refresh_interval must be greater than 0' }]),
    ...checkDockerHost(args.host, args.http_client_config, ['http_client_config']),
  ],
  example: `discovery.docker "containers" {
	host = "unix:///var/run/docker.sock"
}

loki.source.docker "containers" {
	host       = "unix:///var/run/docker.sock"
	targets    = discovery.docker.containers.targets
	forward_to = []
}
`,
})
