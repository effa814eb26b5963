// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderWindow } from '../../testing/render-window.tsx'
import { Inspector } from './inspector.tsx'

const text = `// Mine.
prometheus.scrape "app" {
  targets         = [{ __address__ = "127.0.0.1:8080" }]
  forward_to      = []
  scrape_interval = "30s" // often enough
}
`

test('what is typed into a field is an edit of its value alone, and Escape takes it back', async () => {
  const { workbench } = renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text })
  const field = await screen.findByRole('textbox', { name: 'scrape_interval' })
  await userEvent.clear(field)
  await userEvent.type(field, '5s{Enter}')
  expect(workbench.project.document.text).toBe(text.replace('"30s"', '"5s"'))
  await userEvent.type(field, '0{Escape}')
  expect((field as HTMLInputElement).value).toBe('5s')
})

test('what is wrong with a value is said at its field', async () => {
  renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text: text.replace('"30s"', '"soon"') })
  const field = await screen.findByRole('textbox', { name: 'scrape_interval' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText(/"soon" is not a duration/)).toBeTruthy()
})

test('an argument goes back to its default, and a target is added', async () => {
  const { workbench } = renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text })
  await userEvent.click(await screen.findByRole('button', { name: /Reset scrape_interval|scrape_interval.*default/i }))
  expect(workbench.project.document.text).not.toContain('30s')
  await userEvent.click(screen.getByRole('button', { name: 'Add target' }))
  expect(workbench.project.document.text).toContain('"__address__" = "localhost:8080"')
})
