import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './segments.module.css'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly icon?: IconName
  /** Draws the icon alone; the label is its name and its title. */
  readonly iconOnly?: boolean
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly segments: readonly Segment<Value>[]
}

/** One of two to five, all in sight. */
export function Segments<Value extends string>({ label, value, onChange, segments }: SegmentsProps<Value>) {
  return (
    <ToggleGroup
      className={styles.group}
      aria-label={label}
      value={[value]}
      onValueChange={(pressed) => {
        const next = pressed.at(0)
        if (next !== undefined) onChange(next)
      }}
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          className={styles.segment}
          aria-label={segment.iconOnly ? segment.label : undefined}
          title={segment.iconOnly ? segment.label : undefined}
        >
          {segment.icon && <Icon name={segment.icon} size={14} />}
          {!segment.iconOnly && segment.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
