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

/** Every secret that can be read, by name. */
export async function readSecrets(store: SecretStore): Promise<Readonly<Record<string, string>>> {
  const { names } = await store.list()
  // One that the keychain does not give any more is as good as none.
  const values = await Promise.all(names.map((name) => store.read(name).catch(() => undefined)))
  return Object.fromEntries(
    names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  )
}

/** `changed` hears of every secret that was stored or deleted. */
export function secretsTopic(
  store: SecretStore,
  changed: () => void,
): Topic<'secrets' | 'saveSecret' | 'deleteSecret'> {
  const andTell = async (secrets: Promise<Secrets>): Promise<Secrets> => {
    const told = await secrets
    changed()
    return told
  }
  return {
    calls: {
      secrets: () => store.list(),
      saveSecret: ({ name, value }) => andTell(store.save(name, value)),
      deleteSecret: ({ name }) => andTell(store.delete(name)),
    },
    streams: {},
  }
}
