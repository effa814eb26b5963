import { expect, test } from 'vitest'
import { labelName, metricName } from './prometheus-names.ts'

test.each([
  ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
  ['jvm.memory.used', 'By', 'gauge', 'jvm_memory_used_bytes'],
  ['jvm.cpu.time', 's', 'counter', 'jvm_cpu_time_seconds_total'],
  ['orders', '{order}', 'counter', 'orders_total'],
  ['orders_total', '', 'counter', 'orders_total'],
  ['total.orders', '', 'counter', 'orders_total'],
  ['jvm.cpu.recent_utilization', '1', 'gauge', 'jvm_cpu_recent_utilization_ratio'],
  ['retries', '1', 'counter', 'retries_total'],
  ['cpu_seconds', 's', 'gauge', 'cpu_seconds'],
  ['disk.io', 'By/s', 'gauge', 'disk_io_bytes_per_second'],
  ['turns', '1/m', 'gauge', 'turns_per_minute'],
  ['speed', 'm/s', 'gauge', 'speed_meters_per_second'],
  ['load', '/', 'gauge', 'load'],
  ['a__b..c', 'x#y', 'gauge', 'a_b_c_x_y'],
  ['5xx', '', 'other', '_5xx'],
  ['a:b', '', 'other', 'a:b'],
  ['字', '', 'gauge', ''],
] as const)('%s in "%s" as a %s is %s', (name, unit, kind, expected) => {
  expect(metricName(name, unit, kind)).toBe(expected)
})

test.each([
  ['http.route', 'http_route'],
  ['a:b', 'a_b'],
  ['字符x', '__x'],
  ['5xx', 'key_5xx'],
  ['_hidden', 'key_hidden'],
  ['__kept', '__kept'],
  ['字', undefined],
  ['', undefined],
])('the attribute %s is the label %s', (attribute, expected) => {
  expect(labelName(attribute)).toBe(expected)
})
