// Secrets, encrypted by what the operating system keeps for this user. Where that would be no more than a fixed password,
// no secret is taken.
import { join } from 'node:path'
import { z } from 'zod'
import { WeirError } from '../collector-core/weir-error.ts'
import type { Secrets } from '../host/contract/project.ts'
import type { SecretStore } from '../host/handlers/secrets.ts'
import { JsonFile } from '../host/project/json-file.ts'

/** The part of Electron's `safeStorage` used here. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(bytes: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

const mostSecrets = 200
/** Encrypted values by name, in base64. */
const shape = z.record(z.string(), z.string())

export function keychain(folder: string, safe: SafeStorage, platform: NodeJS.Platform = process.platform): SecretStore {
  const file = new JsonFile(join(folder, 'secrets.json'), shape)
  const why = (): string | undefined => whyNot(safe, platform)
  const told = (content: Readonly<Record<string, string>>): Secrets => {
    return { available: why() === undefined, why: why(), names: Object.keys(content).sort() }
  }
  return {
    async list() {
      return told((await file.read()) ?? {})
    },
    async save(name, value) {
      const reason = why()
      if (reason !== undefined) throw new WeirError('no-keychain', 'The secret was not kept.', reason)
      const encrypted = safe.encryptString(value).toString('base64')
      return told(
        await file.change((before = {}) => {
          if (!Object.hasOwn(before, name) && Object.keys(before).length >= mostSecrets) {
            throw new WeirError(
              'too-many-secrets',
              `Weir keeps ${mostSecrets} secrets at most.`,
              'Delete one that is not used any more.',
            )
          }
          return { ...before, [name]: encrypted }
        }),
      )
    },
    async delete(name) {
      return told(
        await file.change((before = {}) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== name))),
      )
    },
    async read(name) {
      const content = (await file.read()) ?? {}
      if (why() !== undefined || !Object.hasOwn(content, name)) return undefined
      return safe.decryptString(Buffer.from(content[name], 'base64'))
    },
  }
}

function whyNot(safe: SafeStorage, platform: NodeJS.Platform): string | undefined {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safe.getSelectedStorageBackend?.() ?? 'unknown')) {
    return (
      'No keyring answers: without one a secret would lie on disk as good as open. ' +
      'Install and unlock GNOME Keyring or KWallet, or use sys.env("NAME") in the config.'
    )
  }
  if (safe.isEncryptionAvailable()) return undefined
  return 'The keychain of the operating system does not answer. Unlock it, then start Weir again.'
}
