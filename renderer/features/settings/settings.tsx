import { interfaceSizes } from '../../../host/contract/project.ts'
import { useConnection } from '../../live/connection-context.ts'
import { usePreferences } from '../../model/preferences-context.ts'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useWords } from '../../ui/use-words.ts'
import { attempt } from '../../ui/attempt.ts'
import { CollectorSettings } from './collector-settings.tsx'
import { SecretSettings } from './secret-settings.tsx'
import { Section } from './section.tsx'
import { words } from './words.ts'
import styles from './settings.module.css'

const options = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
  (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }))

/** How the window looks and speaks, the collector as a process, and what the machine keeps for Weir. */
export function Settings() {
  const say = useWords(words)
  const { servedBy } = useConnection()
  const [{ theme, language, density, interfaceSize, checkForUpdates }, preferences] = usePreferences()
  const change = (changes: Parameters<typeof preferences.change>[0]): void =>
    attempt(preferences.change(changes), say.failed)
  return (
    <div className={styles.page}>
      {servedBy === 'collector' && <p className={styles.note}>{say.alone}</p>}
      <Section title={say.look}>
        <Field beside label={say.theme}>
          <Segments
            label={say.theme}
            value={theme}
            onChange={(value) => change({ theme: value })}
            segments={options(say.themes)}
          />
        </Field>
        <Field beside label={say.language}>
          <Segments
            label={say.language}
            value={language}
            onChange={(value) => change({ language: value })}
            segments={options(say.languages)}
          />
        </Field>
        <Field beside label={say.density}>
          <Segments
            label={say.density}
            value={density}
            onChange={(value) => change({ density: value })}
            segments={options(say.densities)}
          />
        </Field>
        <Field beside label={say.size} hint={say.sizeHint}>
          <Select
            label={say.size}
            value={interfaceSize}
            onChange={(value) => change({ interfaceSize: value })}
            options={interfaceSizes.map((value) => ({
              value,
              label: value === 'automatic' ? say.automatic : `${value} %`,
            }))}
          />
        </Field>
      </Section>
      {servedBy === 'host' && (
        <>
          <CollectorSettings />
          <SecretSettings />
          <Section title={say.updates}>
            <Field beside label={say.check} hint={say.checkHint}>
              <Switch checked={checkForUpdates} onChange={(checked) => change({ checkForUpdates: checked })} />
            </Field>
          </Section>
        </>
      )}
    </div>
  )
}
