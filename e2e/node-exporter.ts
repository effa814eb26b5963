import { Child } from './child.ts'
import { freePort } from './free-port.ts'

/** Starts Debian's node_exporter; gives the address it serves /metrics at. */
export async function startNodeExporter(): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`
  const child = new Child('prometheus-node-exporter', [`--web.listen-address=${address}`, '--log.level=error'])
  await child.until('node_exporter is ready', async () => {
    const answer = await fetch(`http://${address}/metrics`).catch(() => undefined)
    await answer?.body?.cancel()
    return answer?.status === 200
  })
  return address
}
