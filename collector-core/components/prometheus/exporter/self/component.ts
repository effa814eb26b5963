import { hostname } from 'node:os'
import { implement, untilStopped } from '../../../../runtime/component.ts'
import { Labels } from '../../../../signal/labels.ts'
import { definition } from './definition.ts'

const name = 'self'
/** The address of a collector's own exporters; a scrape dials the collector's HTTP server in its place. */
const ownHost = 'alloy.internal:12345'

export const prometheusExporterSelf = implement(definition, (_, context) => {
  context.publish({
    targets: [
      Labels.from({
        __address__: ownHost,
        __scheme__: 'http',
        __metrics_path__: `/api/v0/component/${context.id}/metrics`,
        __meta_component_id: context.id,
        __meta_component_name: definition.name,
        job: `integrations/${name}`,
        instance: hostname(),
      }),
    ],
  })
  return {
    run: untilStopped,
    update: () => undefined,
    handle: (path) =>
      path === 'metrics' && context.exposition !== undefined
        ? { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: context.exposition() }
        : undefined,
  }
})
