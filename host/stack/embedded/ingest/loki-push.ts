import { Labels } from '../../../../collector-core/signal/labels.ts'
import { isLegacyLabelName } from '../../../../collector-core/signal/label-name.ts'
import { parseLogSelector } from '../../../../collector-core/signal/logql/log-selector.ts'
import { decodePush } from '../../../../collector-core/wire/loki/push-decoder.ts'
import { uncompress } from '../../../../collector-core/wire/snappy/uncompress.ts'
import type { IncomingLine } from '../storage/log-block.ts'
import type { IncomingStream, LogStore } from '../storage/log-store.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { withServiceName } from './service-name.ts'

const largestRequest = 64 * 1024 * 1024

/** Takes a push request: a snappy block of protobuf, or JSON; undefined when all of it is stored. */
export async function takeLokiPush(
  contentType: string,
  body: Uint8Array,
  store: LogStore,
): Promise<Refusal | undefined> {
  const streams = readPush(contentType, body)
  if ('status' in streams) return streams
  if (streams.length === 0) return refuse(422, 'the push has no streams')
  const { refused } = await store.write(streams)
  return refused.length === 0 ? undefined : refuse(400, refused.join('; '))
}

function readPush(contentType: string, body: Uint8Array): IncomingStream[] | Refusal {
  const type = contentType.split(';')[0].trim().toLowerCase()
  if (type === 'application/json') return readJson(Buffer.from(body.buffer, body.byteOffset, body.length).toString())
  if (type !== 'application/x-protobuf') {
    return refuse(400, `the content type is "${contentType}": send application/x-protobuf or application/json`)
  }
  const bytes = uncompress(body, largestRequest)
  if (!(bytes instanceof Uint8Array)) {
    return refuse(bytes.code === 'too_large' ? 413 : 400, `the body is not a snappy block: ${bytes.message}`)
  }
  const decoded = decodePush(bytes)
  if ('malformed' in decoded) return refuse(400, `the body is not a push request: ${decoded.malformed}`)
  const streams: IncomingStream[] = []
  for (const { labels: text, entries } of decoded) {
    const labels = readLabels(text)
    if (typeof labels === 'string') return refuse(400, `the stream ${text} cannot be read: ${labels}`)
    streams.push({ labels: withServiceName(labels), lines: entries })
  }
  return streams
}

const known = new Map<string, Labels>()
const mostKnown = 10_000

/** Labels as they are written in a push, `{a="x", b="y"}`, or what is wrong with them. */
function readLabels(text: string): Labels | string {
  const remembered = known.get(text)
  if (remembered !== undefined) return remembered
  const { selector, error } = parseLogSelector(text)
  if (error !== undefined) return error
  if (selector.filters.length > 0 || selector.matchers.some(({ op }) => op !== '='))
    return 'only name="value" may stand in it'
  const labels = Labels.of(selector.matchers.map(({ name, value }) => [name, value] as const))
  if (labels.size === 0) return 'at least one label is needed'
  if (known.size >= mostKnown) known.clear()
  known.set(text, labels)
  return labels
}

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

class Misfit extends Error {}

/** `{"streams": [{"stream": {name: value}, "values": [["<nanoseconds>", "<line>", {name: value}?]]}]}`. */
function readJson(text: string): IncomingStream[] | Refusal {
  try {
    const json: unknown = JSON.parse(text)
    if (!isObject(json) || !Array.isArray(json.streams))
      throw new Misfit('it should be an object with "streams", a list')
    return json.streams.map((stream, i) => readJsonStream(stream, `streams[${i}]`))
  } catch (error) {
    if (!(error instanceof Misfit || error instanceof SyntaxError)) throw error
    return refuse(400, `the body is not a push in JSON: ${error.message}`)
  }
}

function readJsonStream(stream: unknown, at: string): IncomingStream {
  if (!isObject(stream) || !isObject(stream.stream) || !Array.isArray(stream.values)) {
    throw new Misfit(`${at} should have "stream", an object, and "values", a list`)
  }
  const labels = Labels.of(pairsOf(stream.stream, `${at}.stream`))
  if (labels.size === 0) throw new Misfit(`${at}.stream needs at least one label`)
  const wrong = labels.names.find((name) => !isLegacyLabelName(name))
  if (wrong !== undefined) throw new Misfit(`${at}.stream has "${wrong}", which is no label name`)
  return {
    labels: withServiceName(labels),
    lines: stream.values.map((value, i) => readJsonLine(value, `${at}.values[${i}]`)),
  }
}

function readJsonLine(value: unknown, at: string): IncomingLine {
  const [time, line, metadata] = Array.isArray(value) ? (value as unknown[]) : []
  if (typeof time !== 'string' || !/^\d{1,19}$/.test(time))
    throw new Misfit(`${at}[0] should be nanoseconds since 1970, as text`)
  if (typeof line !== 'string') throw new Misfit(`${at}[1] should be the line, as text`)
  if (metadata !== undefined && !isObject(metadata)) throw new Misfit(`${at}[2] should be an object of text`)
  return {
    seconds: Number(time.slice(0, -9) || '0'),
    nanos: Number(time.slice(-9)),
    line: Buffer.from(line),
    metadata: metadata === undefined ? [] : pairsOf(metadata, `${at}[2]`),
  }
}

function pairsOf(object: JsonObject, at: string): (readonly [string, string])[] {
  return Object.entries(object).map(([name, value]) => {
    if (typeof value !== 'string') throw new Misfit(`${at}.${name} should be text`)
    return [name, value] as const
  })
}
