import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { backendNames } from '../../contract/stack.ts'
import { changeSettings, defaultSettings } from '../settings.ts'
import { pinnedImages } from '../pinned-images.ts'
import { backendFiles } from './backend-files.ts'
import { fillTemplate } from './fill-template.ts'

const inputs = { settings: defaultSettings, grafanaPassword: 'secret-word', alloy: { text: '// none', ports: [] } }
const only = (backend: Parameters<typeof backendFiles>[0], settings = defaultSettings): unknown =>
  parse(backendFiles(backend, { ...inputs, settings })[0].text)

describe('configuration templates', () => {
  test('are YAML without anything left to fill in', () => {
    for (const backend of backendNames) {
      for (const { path, text } of backendFiles(backend, inputs)) {
        // Dashboards have legends in the same brackets.
        if (!path.endsWith('.json')) expect(text).not.toMatch(/\{\{[a-z_]+\}\}/)
        if (/ya?ml$/.test(path)) expect(parse(text)).toBeTypeOf('object')
      }
    }
  })

  test('are named by the command of the image, listen where the image publishes and write where its volume is', () => {
    for (const backend of ['loki', 'tempo', 'mimir'] as const) {
      const { command, ports, dataPath } = pinnedImages[backend]
      const [{ path, text }] = backendFiles(backend, inputs)
      expect(command).toContain(`-config.file=${path}`)
      expect(only(backend)).toMatchObject({ server: { http_listen_port: ports[0].container } })
      const folders = [...text.matchAll(/(?<=[ "'])\/[a-z][\w/-]*/g)].map(([folder]) => folder)
      expect(folders.length).toBeGreaterThan(2)
      for (const folder of folders) expect(folder.startsWith(dataPath)).toBe(true)
    }
  })

  test('send nothing home', () => {
    expect(only('loki')).toMatchObject({ analytics: { reporting_enabled: false } })
    expect(only('tempo')).toMatchObject({ usage_report: { reporting_enabled: false } })
    expect(only('mimir')).toMatchObject({ usage_stats: { enabled: false } })
  })

  test("let Tempo's span metrics follow the metrics backend", () => {
    const target = (settings = defaultSettings): unknown => {
      const tempo = only('tempo', settings) as { metrics_generator: { storage: { remote_write: { url: unknown }[] } } }
      return tempo.metrics_generator.storage.remote_write[0].url
    }
    expect(target()).toBe('http://mimir:9009/api/v1/push')
    expect(target(changeSettings(defaultSettings, { metrics: 'prometheus' }))).toBe(
      'http://prometheus:9090/api/v1/write',
    )
  })

  test('mark the one secret', () => {
    const secrets = backendNames
      .flatMap((backend) => backendFiles(backend, inputs))
      .filter(({ text }) => text.includes('secret-word'))
    expect(secrets).toEqual([{ path: '/etc/grafana/weir-admin-password', text: 'secret-word', secret: true }])
  })

  test('a name without a value and a value nobody asks for are mistakes', () => {
    expect(fillTemplate('a: {{b}}', { b: '1' })).toBe('a: 1')
    expect(() => fillTemplate('a: {{b}}', {})).toThrow('"b"')
    expect(() => fillTemplate('a: 1', { b: '1' })).toThrow('does not use b')
  })
})
