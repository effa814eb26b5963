import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { windowAttention } from './bridge/attention.ts'
import { httpCollector } from './bridge/collector-client.ts'
import { sleep } from './bridge/sleep.ts'
import { ConnectionContext } from './live/connection-context.ts'
import { Connection } from './live/connection.ts'
import './ui/fonts.css'
import './ui/tokens.css'

const connection = new Connection({
  collector: httpCollector((path, options) => fetch(path, options)),
  attention: windowAttention(document),
  sleep,
})
void connection.run(new AbortController().signal)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConnectionContext value={connection}>
      <App />
    </ConnectionContext>
  </StrictMode>,
)
