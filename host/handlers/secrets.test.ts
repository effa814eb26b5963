import { expect, onTestFinished, test, vi } from 'vitest'
import type { ToCollector } from '../collector-supervisor/messages.ts'
import { testHost, TestWindow } from '../testing/test-host.ts'
import type { SecretStore } from './secrets.ts'

/** A keychain in memory; a value of `broken` cannot be read back. */
function memoryStore(): SecretStore {
  const kept = new Map([
    ['TOKEN', 'first-value'],
    ['OLD', 'broken'],
  ])
  const list = async () => ({ available: true, why: undefined, names: [...kept.keys()] })
  return {
    list,
    save: async (name, value) => {
      kept.set(name, value)
      return list()
    },
    delete: async (name) => {
      kept.delete(name)
      return list()
    },
    read: async (name) => {
      if (kept.get(name) === 'broken') throw new Error('the keychain changed')
      return kept.get(name)
    },
  }
}

test('configs are run with the stored secrets, and again when one changes; no window sees a value', async () => {
  const { host, collectors } = testHost({ secrets: memoryStore() })
  onTestFinished(() => host.stop())
  const given = (): unknown[] =>
    collectors.launched.flatMap(({ heard }) =>
      heard.flatMap((message: ToCollector) => (message.kind === 'apply' ? [message.secrets] : [])),
    )
  await host.start()
  await vi.waitFor(() => expect(given()).toEqual([{ TOKEN: 'first-value' }]))

  const window = new TestWindow(host)
  await window.call('saveSecret', { name: 'TOKEN', value: 'second-value' })
  await vi.waitFor(() => expect(given()).toEqual([{ TOKEN: 'first-value' }, { TOKEN: 'second-value' }]))
  await window.call('deleteSecret', { name: 'TOKEN' })
  await vi.waitFor(() => expect(given().at(-1)).toEqual({}))
  await window.call('secrets')
  expect(JSON.stringify(window.heard)).not.toMatch(/first-value|second-value/)
})
