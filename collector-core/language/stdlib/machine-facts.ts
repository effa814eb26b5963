import type { EvaluationEnvironment } from '../evaluation-environment.ts'
import { objectValue, stringValue } from '../value.ts'
import type { ObjectValue } from '../value.ts'

/** What each field of `constants` holds, for people. */
export const constantDocs: Readonly<Record<'arch' | 'hostname' | 'os' | 'version', string>> = {
  arch: 'The processor architecture, such as "amd64" or "arm64".',
  hostname: 'The name of the machine.',
  os: 'The operating system: "linux", "darwin" or "windows".',
  version: 'The version of the collector, such as "v1.2.3".',
}

/** The object `constants`. */
export function constantsValue(environment: EvaluationEnvironment): ObjectValue {
  return objectValue([
    ['arch', stringValue(environment.arch)],
    ['hostname', stringValue(environment.hostname)],
    ['os', stringValue(environment.os)],
    ['version', stringValue(normalVersion(environment.version))],
  ])
}

/** `1.2.3` and `v1.2` as `vX.Y.Z`, with what follows; an empty version is `v0.0.0`, any other text stays. */
function normalVersion(version: string): string {
  const trimmed = version.trim()
  if (trimmed === '') return 'v0.0.0'
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?([-+].*)?$/.exec(trimmed)
  const [, major, minor = '0', patch = '0', rest] = (match ?? []) as readonly (string | undefined)[]
  if (major === undefined) return trimmed
  return `v${Number(major)}.${Number(minor)}.${Number(patch)}${rest ?? ''}`
}
