import { lazy } from 'react'
import { Frame } from './frame.tsx'

const Settings = lazy(async () => ({ default: (await import('../features/settings/settings.tsx')).Settings }))

/** The settings as a view of their own. */
export function SettingsPart() {
  return (
    <Frame view="settings">
      <Settings />
    </Frame>
  )
}
