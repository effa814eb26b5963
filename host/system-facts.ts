import { hostname } from 'node:os'
import type { EvaluationEnvironment } from '../collector-core/language/evaluation-environment.ts'
import { version } from './version.ts'

const goOs: Readonly<Record<string, string>> = { win32: 'windows' }
const goArch: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

/** This machine as `sys.env` and `constants` of the language see it; `secret` finds what the host keeps for configs. */
export function systemFacts(secret?: EvaluationEnvironment['secret']): EvaluationEnvironment {
  return {
    env: (name) => process.env[name],
    secret,
    hostname: hostname(),
    os: goOs[process.platform] ?? process.platform,
    arch: goArch[process.arch] ?? process.arch,
    version: `v${version}`,
  }
}
