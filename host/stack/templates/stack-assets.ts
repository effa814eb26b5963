import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `assets/stack`, which lies beside the bundle's folder in a checkout as in a package. */
export function stackAssets(from = dirname(fileURLToPath(import.meta.url))): string {
  const folder = join(from, 'assets', 'stack')
  if (existsSync(folder)) return folder
  const parent = dirname(from)
  if (parent === from) throw new Error('assets/stack is missing from this installation')
  return stackAssets(parent)
}

/** An asset as text. */
export function readAsset(name: string): string {
  return readFileSync(join(stackAssets(), name), 'utf8')
}

/** The dashboards as JSON texts by file name. */
export function readDashboards(): ReadonlyMap<string, string> {
  const names = readdirSync(join(stackAssets(), 'dashboards')).filter((name) => name.endsWith('.json'))
  return new Map(names.sort().map((name) => [name, readAsset(join('dashboards', name))]))
}
