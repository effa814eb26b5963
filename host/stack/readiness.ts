// Readiness is asked over the published port, the same way for every provider; Docker's own health checks cannot run in
// images without a shell.
import { get } from 'node:http'

/** What a backend says of itself; `words` are its own, at most 500 characters. */
export interface Readiness {
  readonly ready: boolean
  readonly words: string
}

/** Asks once, for at most two seconds; never rejects. */
export function askReadiness(port: number, path: string): Promise<Readiness> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, timeout: 2000, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > 4096) response.destroy()
      })
      const done = (): void => {
        const { statusCode = 0 } = response
        const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 500)
        resolve({ ready: statusCode === 200, words: said === '' ? `HTTP ${statusCode}` : said })
      }
      response.on('close', done)
    })
    request.on('timeout', () => request.destroy(new Error('no answer within 2 s')))
    request.on('error', (error: NodeJS.ErrnoException) => {
      const words = error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? 'not listening yet' : error.message
      resolve({ ready: false, words })
    })
  })
}
