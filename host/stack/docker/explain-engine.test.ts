import { expect, test } from 'vitest'
import { explainEngine } from './explain-engine.ts'

const said = (statusCode: number, message: string) => ({ statusCode, json: { message } })
const image = 'docker.io/grafana/loki:3.7.6'

/** Texts engines were seen to answer. */
const cases: readonly [string, unknown, string, string][] = [
  ['nothing installed', { code: 'ENOENT' }, 'engine-down', 'no Docker engine'],
  ['stale socket', { code: 'ECONNREFUSED' }, 'engine-down', 'nothing answers'],
  ['no permission', { code: 'EACCES' }, 'engine-denied', 'may not use'],
  [
    'port of another container',
    said(
      500,
      'driver failed programming external connectivity on endpoint x (9a): Bind for 127.0.0.1:43100 failed: port is already allocated',
    ),
    'port-taken',
    'port 43100 is taken',
  ],
  [
    'port of a process, Engine 20.10',
    said(500, 'Error starting userland proxy: listen tcp4 127.0.0.1:3000: bind: address already in use'),
    'port-taken',
    'port 3000 is taken',
  ],
  [
    'port of a process, Engine 28',
    said(
      500,
      'failed to set up container networking: driver failed: failed to bind host port 127.0.0.1:9009/tcp: address already in use',
    ),
    'port-taken',
    'port 9009 is taken',
  ],
  [
    'port, Docker Desktop',
    said(500, 'Ports are not available: exposing port TCP 127.0.0.1:3100 -> 0.0.0.0:0'),
    'port-taken',
    '3100',
  ],
  ['image missing', said(404, `No such image: ${image}`), 'no-such-image', 'not on this machine'],
  [
    'offline',
    said(500, 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'),
    'offline',
    'no connection',
  ],
  [
    'tag wrong',
    said(404, 'manifest for grafana/loki:9 not found: manifest unknown'),
    'no-such-image-tag',
    'does not exist',
  ],
  [
    'private',
    said(404, "pull access denied for x, repository does not exist or may require 'docker login'"),
    'pull-denied',
    'give out',
  ],
  [
    'rate limit',
    said(429, 'toomanyrequests: You have reached your pull rate limit'),
    'rate-limited',
    'refuses more pulls',
  ],
  [
    'architecture',
    said(404, 'no matching manifest for linux/arm/v7 in the manifest list entries'),
    'wrong-architecture',
    'architecture',
  ],
  ['disk full', new Error('write /x: no space left on device'), 'no-space', 'full'],
  [
    'API version',
    said(400, 'client version 1.41 is too old. Minimum supported API version is 1.44'),
    'engine-version',
    'another version',
  ],
  [
    'name taken',
    said(409, 'Conflict. The container name "/weir-loki" is already in use by container "3f"'),
    'conflict',
    'already in use',
  ],
  ['something new', said(500, 'quantum error'), 'engine-refused', 'quantum error'],
]

test.each(cases)('%s', (_, error, code, words) => {
  const explained = explainEngine(error, 'unix:///d.sock', { doing: 'starting loki', image })
  expect(explained).toMatchObject({ code })
  expect(explained.message).toContain(words)
  expect(explained.nextStep).not.toBe('')
})
