// What the seed's pipeline needs around it: an application to scrape, backends to send to, and a config that names them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleWith } from '../example.ts'
import { freePort } from '../free-port.ts'
import { LokiReceiver } from '../loki-receiver.ts'
import { OtlpGrpcReceiver } from '../otlp-receiver.ts'
import { PageServer } from '../page-server.ts'
import { RemoteWriteReceiver } from '../remote-write-receiver.ts'
import { scratchFolder } from '../scratch-folder.ts'

export interface World {
  /** The seed with the addresses of this world, which asks every second. */
  readonly file: string
  readonly text: string
  readonly mimir: RemoteWriteReceiver
  /** How often the application was asked so far. */
  readonly scrapes: () => number
}

const metricsPath = '/actuator/prometheus'

/** `series` is how many the application has. */
export async function makeWorld({ series }: { readonly series: number }): Promise<World> {
  const [tempo, loki, mimir] = [
    await OtlpGrpcReceiver.start(),
    await LokiReceiver.start(),
    await RemoteWriteReceiver.start(),
  ]
  const lines = Array.from({ length: series }, (_, number) => `visits_total{page="${number}"} ${number}`)
  const body = ['# TYPE visits_total counter', ...lines, ''].join('\n')
  const app = await PageServer.start({
    [metricsPath]: [{ contentType: 'text/plain; version=0.0.4', body }],
  })
  const text = exampleWith('seed.alloy', {
    '0.0.0.0:4317': `127.0.0.1:${await freePort()}`,
    '0.0.0.0:4318': `127.0.0.1:${await freePort()}`,
    '"tempo:4317"': `"${tempo.endpoint}"`,
    'http://loki:3100/loki/api/v1/push': loki.url,
    '10.2.114.21:8080': app.address,
    '"30s"': '"1s"\n  scrape_timeout = "900ms"',
    'http://mimir:9009/api/v1/push': mimir.url,
  })
  const file = join(scratchFolder(), 'seed.alloy')
  writeFileSync(file, text)
  return { file, text, mimir, scrapes: () => app.turns('Weir', metricsPath) }
}
