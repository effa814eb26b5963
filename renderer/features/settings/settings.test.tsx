// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../host/contract/project.ts'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { Settings } from './settings.tsx'

const settings = { ...defaultSettings, language: 'en' } as const

test('a choice is kept by the host and takes effect at once', async () => {
  const { client } = renderWindow(<Settings />, {
    saveSettings: (changes) => ({ ...settings, ...changes }),
    secrets: () => ({ available: false, why: 'There is no keychain.', names: [] }),
  })
  await userEvent.click(await screen.findByRole('button', { name: '한국어' }))
  expect(client.called).toContainEqual({ name: 'saveSettings', args: { language: 'ko' } })
  expect(spokenLanguage.get()).toBe('ko')
  expect(screen.getByText('모양과 언어')).toBeTruthy()
  act(() => spokenLanguage.set('en'))
})

test('where secrets cannot be kept it says why', async () => {
  renderWindow(<Settings />, { secrets: () => ({ available: false, why: 'There is no keychain.', names: [] }) })
  expect(await screen.findByText(/There is no keychain\./)).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull()
})

test('a secret goes in by name, and its value is not left in the window', async () => {
  const { client, container } = renderWindow(<Settings />, {
    secrets: () => ({ available: true, why: undefined, names: ['old'] }),
    saveSecret: ({ name }) => ({ available: true, why: undefined, names: ['old', name] }),
  })
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'token')
  await userEvent.type(screen.getByLabelText('Value'), 'hunter2')
  await userEvent.click(screen.getByRole('button', { name: 'Store secret' }))
  expect(await screen.findByText('token')).toBeTruthy()
  expect(client.called).toContainEqual({ name: 'saveSecret', args: { name: 'token', value: 'hunter2' } })
  expect(container.innerHTML).not.toContain('hunter2')
})

test('the collector is stopped, and then started, from here', async () => {
  const { client } = renderWindow(<Settings />, {
    secrets: () => ({ available: false, why: '', names: [] }),
    stopCollector: () => null,
    startCollector: () => null,
  })
  expect(screen.getByText('Runs at 127.0.0.1:12345')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  act(() => client.send('collectorState', { kind: 'stopped' }))
  await userEvent.click(screen.getByRole('button', { name: 'Start' }))
  expect(client.called.map(({ name }) => name).filter((name) => name.endsWith('Collector'))).toEqual([
    'stopCollector',
    'startCollector',
  ])
})
