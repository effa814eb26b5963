import { WeirError } from '../../collector-core/weir-error.ts'
import type { Secrets } from '../contract/project.ts'
import type { Topic } from '../session/handlers.ts'

/** Where secrets are kept: by the operating system's keychain, or nowhere. */
export interface SecretStore {
  list(): Promise<Secrets>
  /** Throws a `WeirError` where no secret can be kept. */
  save(name: string, value: string): Promise<Secrets>
  delete(name: string): Promise<Secrets>
  /** For the host's own use; undefined when there is none of that name. */
  read(name: string): Promise<string | undefined>
}

/** The store of a Weir without its desktop window: none, and why. */
export function noSecretStore(): SecretStore {
  const why =
    'Weir runs in a browser here: only the desktop app can reach the keychain of the operating system. ' +
    'Use sys.env("NAME") or local.file in the config.'
  const secrets: Secrets = { available: false, why, names: [] }
  const refuse = (): never => {
    throw new WeirError('no-keychain', 'The secret was not kept: there is no keychain.', why)
  }
  return {
    list: () => Promise.resolve(secrets),
    save: async () => refuse(),
    delete: async () => refuse(),
    read: () => Promise.resolve(undefined),
  }
}

export function secretsTopic(store: SecretStore): Topic<'secrets' | 'saveSecret' | 'deleteSecret'> {
  return {
    calls: {
      secrets: () => store.list(),
      saveSecret: ({ name, value }) => store.save(name, value),
      deleteSecret: ({ name }) => store.delete(name),
    },
    streams: {},
  }
}
