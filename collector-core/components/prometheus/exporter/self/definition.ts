import { defineComponent } from '../../../../schema/definition.ts'
import { targets } from '../../../../schema/field.ts'

export const definition = defineComponent({
  name: 'prometheus.exporter.self',
  summary: 'Offers the metrics of the collector itself as a target.',
  stage: 'collect',
  arguments: {},
  exports: {
    targets: targets('The one target to scrape.', {}),
  },
  example: `prometheus.exporter.self "default" { }

prometheus.scrape "self" {
	targets    = prometheus.exporter.self.default.targets
	forward_to = [prometheus.remote_write.default.receiver]
}

prometheus.remote_write "default" {
	endpoint {
		url = "http://localhost:9009/api/v1/push"
	}
}
`,
})
