import { WeirError } from '../../../collector-core/weir-error.ts'
import type { DoctorReport, RemoteName } from '../../contract/stack.ts'
import { askHttp } from '../http-question.ts'
import { proveStack } from '../proof/prove-stack.ts'
import type { Stack } from '../stack.ts'
import { examine } from './examine.ts'

/** Examines the way through the collector at `host:port` into this stack. */
export async function examineStack(
  stack: Stack,
  collector: string,
  service: string | undefined,
): Promise<DoctorReport> {
  await stack.refresh()
  return examine({
    collector,
    service,
    state: stack.state,
    prove: () => proveStack(stack, collector),
    ask: (backend, path) => askJson(stack, backend, path),
  })
}

async function askJson(stack: Stack, backend: RemoteName, path: string): Promise<unknown> {
  const { endpoints } = stack.state
  const bases = {
    loki: endpoints?.lokiQuery,
    tempo: endpoints?.tempoQuery,
    mimir: endpoints?.metricsQuery,
    grafana: endpoints?.grafana,
  }
  const { status, text } = await askHttp(`${bases[backend] ?? ''}${path}`, { headers: await stack.headersFor(backend) })
  if (status === 200) return JSON.parse(text)
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  throw new WeirError(
    'not-ok',
    `${backend} answered HTTP ${status}: ${said}`,
    `\`weir stack logs ${backend}\` may say why.`,
  )
}
