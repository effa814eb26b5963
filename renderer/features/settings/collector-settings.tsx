import { useCell, useConnection } from '../../live/connection-context.ts'
import { isStartable } from '../../live/is-startable.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { attempt } from '../../ui/attempt.ts'
import { Section } from './section.tsx'
import { words } from './words.ts'

/** Starts and stops the collector and the demo app. */
export function CollectorSettings() {
  const translate = useTranslation()
  const say = useWords(words)
  const { client, collector } = useConnection()
  const state = useCell(collector)
  const running = state?.kind === 'running'
  const status =
    state === undefined
      ? say.none
      : running
        ? say.runs(state.address)
        : state.kind === 'failed' || state.kind === 'restarting'
          ? `${say.states[state.kind]}: ${translate(state.words)}`
          : say.states[state.kind]
  const stoppable = state !== undefined && !isStartable(state)
  return (
    <Section title={say.collector}>
      <Field beside label={status} hint={say.stopHint}>
        <Button
          icon={stoppable ? 'stop' : 'start'}
          kind={stoppable ? 'plain' : 'primary'}
          disabled={state === undefined}
          onClick={() => attempt(client.call(stoppable ? 'stopCollector' : 'startCollector', {}), say.failed)}
        >
          {stoppable ? say.stop : say.start}
        </Button>
      </Field>
      <Field
        beside
        label={say.demo}
        hint={say.demoHint}
        error={running && state.demoProblem !== undefined ? translate(state.demoProblem) : undefined}
      >
        <Switch
          checked={running && state.demo}
          disabled={!running}
          onChange={(on) => attempt(client.call('setDemo', { running: on }), say.failed)}
        />
      </Field>
    </Section>
  )
}
