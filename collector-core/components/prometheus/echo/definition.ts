import { defineComponent } from '../../../schema/definition.ts'
import { choice, receiver } from '../../../schema/field.ts'

export const definition = defineComponent({
  name: 'prometheus.echo',
  summary: 'Writes the metrics it receives to the log.',
  stage: 'send',
  arguments: {
    format: choice(['text', 'openmetrics'], 'How to write them.', { default: 'text' }),
  },
  exports: {
    receiver: receiver('metrics', 'Takes the metrics to log.'),
  },
  example: `prometheus.echo "debug" { }

prometheus.scrape "app" {
	targets    = [{__address__ = "localhost:8080"}]
	forward_to = [prometheus.echo.debug.receiver]
}
`,
})
