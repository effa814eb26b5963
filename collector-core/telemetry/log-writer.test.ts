import { describe, expect, it } from 'vitest'
import { LogWriter } from './log-writer.ts'

const written = (format: 'logfmt' | 'json', level: 'debug' | 'info' | 'warn' | 'error' = 'info') => {
  const lines: string[] = []
  const writer = new LogWriter(
    (line) => lines.push(line),
    () => 0,
    { format, level },
  )
  return { lines, writer, log: writer.logger({ component_id: 'a.b' }) }
}

describe('the log writer', () => {
  it('writes logfmt with quoting only where needed', () => {
    const { lines, log } = written('logfmt')
    log.info('target is down', { url: 'http://x/', count: 3, empty: '' })
    expect(lines).toEqual([
      'ts=1970-01-01T00:00:00.000Z level=info component_id=a.b msg="target is down" url=http://x/ count=3 empty=""\n',
    ])
  })

  it('takes passwords out of URLs, for the line and for those who get the record', () => {
    const url = 'http://me:hunter2@host/push'
    const said: string[] = []
    const options = { format: 'json', level: 'info', mirror: (line: string) => void said.push(line) } as const
    const writer = new LogWriter(
      (line, record) => said.push(line, JSON.stringify(record)),
      () => 0,
      options,
    )
    writer.logger().info(`sent to ${url}`, { url, error: new Error(`${url}: refused`), list: [url] })
    expect(said).toHaveLength(3)
    for (const text of said) {
      expect(text).not.toContain('hunter2')
      expect(text.match(/me:xxxxx@host/g)).toHaveLength(4)
    }
  })

  it('never lets control characters or newlines through', () => {
    const { lines, log } = written('logfmt')
    log.warn('x', { line: '\u001b[31mred\nlevel=error\u0085' })
    expect(lines[0]).toContain('line="\\u001b[31mred\\nlevel=error\\u0085"')
    expect(lines[0].slice(0, -1)).not.toMatch(/\p{C}/u)
  })

  it('writes JSON and follows the level, also after a change', () => {
    const { lines, writer, log } = written('json', 'warn')
    log.info('no')
    writer.configure({ format: 'json', level: 'debug' })
    log.debug('yes', { error: new Error('boom') })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ts: '1970-01-01T00:00:00.000Z', level: 'debug', component_id: 'a.b', msg: 'yes', error: 'boom' },
    ])
  })
})
