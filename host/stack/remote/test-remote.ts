import { WeirError } from '../../../collector-core/weir-error.ts'
import type { RemoteEndpoint, RemoteName, RemoteTest } from '../../contract/stack.ts'
import { askHttp } from '../http-question.ts'
import { problemOf } from '../problem.ts'
import { remoteHeaders } from './remote-access.ts'
import type { ReadSecret } from './remote-access.ts'

/** A question that needs the tenant and the credentials, where there is one. */
const questions: Readonly<Record<RemoteName, string>> = {
  loki: '/loki/api/v1/labels',
  tempo: '/api/search/tags',
  mimir: '/api/v1/labels',
  grafana: '/api/health',
}

/** Asks a remote backend something only it can answer. */
export async function testRemote(remote: RemoteEndpoint, secret: ReadSecret): Promise<RemoteTest> {
  const begun = performance.now()
  const ms = (): number => Math.round(performance.now() - begun)
  try {
    const headers = await remoteHeaders(remote, secret)
    const { status, text } = await askHttp(`${remote.url.replace(/\/+$/, '')}${questions[remote.name]}`, {
      headers,
      withinMs: 10_000,
    })
    if (status !== 200) throw explainStatus(remote, status, text)
    if (!/^\s*[{[]/.test(text)) {
      throw new WeirError('not-it', `${remote.url} answers, but not as ${remote.name} does`, 'Correct the address.')
    }
    return {
      name: remote.name,
      state: 'ok',
      words: `${remote.name} answers in ${ms()} ms`,
      ms: ms(),
      problem: undefined,
    }
  } catch (error) {
    const problem = problemOf(error)
    return { name: remote.name, state: 'failed', words: problem.message, ms: ms(), problem }
  }
}

function explainStatus({ name, url }: RemoteEndpoint, status: number, text: string): WeirError {
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  if (status === 401 && /no org id/i.test(said)) {
    return new WeirError('no-tenant', `${name} wants a tenant: ${said}`, 'Fill in the tenant.')
  }
  if (status === 401 || status === 403) {
    return new WeirError(
      'denied',
      `${name} refuses the credentials (HTTP ${status})`,
      'Check user name, token and its rights.',
    )
  }
  if (status === 404) {
    const hint =
      name === 'mimir' ? 'Mimir wants /prometheus at the end, Grafana Cloud /api/prom.' : 'Give the base address.'
    return new WeirError('wrong-path', `${url} answers, but not on the path of ${name}`, hint)
  }
  return new WeirError('not-ok', `${name} answered HTTP ${status}: ${said}`, 'Look into its log.')
}
