import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { decodeRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import { promotedAttributes, translateMetrics } from './translate-metrics.ts'

const asset = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../../assets/stack/${name}`, import.meta.url), 'utf8'))

test('what becomes a label of every series is what the containers of the stack make one', () => {
  const mimir = asset('mimir-3.1.yaml') as { limits: { promote_otel_resource_attributes: string } }
  const prometheus = asset('prometheus-3.14.yaml') as { otlp: { promote_resource_attributes: string[] } }
  expect(mimir.limits.promote_otel_resource_attributes.split(',')).toEqual(promotedAttributes)
  expect(prometheus.otlp.promote_resource_attributes).toEqual(promotedAttributes)
})

/** The series of one metric of one service, as `name{labels} value`. */
function series(metric: object, attributes: Readonly<Record<string, string>> = { 'service.name': 'a' }): string[] {
  const resource = {
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
  const { request } = translateMetrics({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [metric] }] }] })
  const decoded = decodeRequest(request, 1)
  if ('malformed' in decoded) throw new Error(decoded.malformed)
  return decoded.series.flatMap(({ labels, samples }) =>
    samples.map(({ value, stale }) => {
      const { __name__: name, ...rest } = labels.toJSON()
      const text = Object.entries(rest).map(([label, own]) => `${label}=${own}`)
      return `${name}{${text.join(',')}} ${stale ? 'stale' : value}`
    }),
  )
}

const point = (more: object) => ({ timeUnixNano: '1700000000000000000', ...more })
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })

test('a summary is its quantiles, sum and count', () => {
  const quantileValues = [
    { quantile: 0.5, value: 2 },
    { quantile: 1, value: 9 },
  ]
  expect(series({ name: 's', summary: { dataPoints: [point({ count: '4', sum: 12, quantileValues })] } })).toEqual([
    's{job=a,quantile=0.5,service_name=a} 2',
    's{job=a,quantile=1,service_name=a} 9',
    's_sum{job=a,service_name=a} 12',
    's_count{job=a,service_name=a} 4',
  ])
})

test('a sum that may fall is a gauge, and a point without a value ends its series', () => {
  const dataPoints = [point({ asInt: '-3' }), point({ flags: 1, attributes: [attribute('x', '1')] })]
  expect(series({ name: 'open', unit: '1', sum: { aggregationTemporality: 2, dataPoints } })).toEqual([
    'open{job=a,service_name=a} -3',
    'open{job=a,service_name=a,x=1} stale',
  ])
})

test('attributes whose names become one are joined, and none takes the place of the job or the name', () => {
  const attributes = [attribute('a.b', '2'), attribute('a-b', '1'), attribute('job', 'x'), attribute('__name__', 'y')]
  const gauge = { dataPoints: [point({ asDouble: 1, attributes })] }
  expect(series({ name: 'g', gauge })).toEqual(['g{a_b=1;2,job=a,service_name=a} 1'])
})

test('bounds are written without an exponent', () => {
  const histogram = {
    aggregationTemporality: 2,
    dataPoints: [point({ count: '3', bucketCounts: ['1', '1', '1'], explicitBounds: [1e-7, 1e21] })],
  }
  expect(series({ name: 'h', histogram }, {}).slice(0, 3)).toEqual([
    'h_bucket{le=0.0000001} 1',
    'h_bucket{le=1000000000000000000000} 2',
    'h_bucket{le=+Inf} 3',
  ])
})

test('what else is known of a target is told once, and only where it has a name', () => {
  const gauge = { name: 'g', gauge: { dataPoints: [point({ asDouble: 1 })] } }
  const told = (attributes: Record<string, string>) =>
    series(gauge, attributes).filter((line) => line.startsWith('target'))
  expect(told({ 'service.name': 'a', 'service.instance.id': 'i', 'os.type': 'linux' })).toEqual([
    'target_info{instance=i,job=a,os_type=linux,service_instance_id=i,service_name=a} 1',
  ])
  expect(told({ 'service.name': 'a' })).toEqual([])
  expect(told({ 'os.type': 'linux' })).toEqual([])
})
