import { Select as BaseSelect } from '@base-ui/react/select'
import { Icon } from './icon.tsx'
import field from './field.module.css'
import popup from './popup.module.css'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  /** What choosing it means. */
  readonly note?: string
}

interface SelectProps<Value extends string> {
  readonly value: Value | undefined
  readonly onChange: (value: Value) => void
  readonly options: readonly Option<Value>[]
  readonly label?: string
  readonly placeholder?: string
  readonly disabled?: boolean
}

/** One of a few. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onChange, options, label, placeholder, disabled } = props
  return (
    <BaseSelect.Root
      items={options}
      value={value ?? null}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
    >
      <BaseSelect.Trigger className={`${field.control} ${field.select}`} aria-label={label}>
        <BaseSelect.Value className={field.value} placeholder={placeholder} />
        <Icon name="expand" size={14} />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          positionMethod="fixed"
          sideOffset={4}
          alignItemWithTrigger={false}
          className={popup.positioner}
        >
          <BaseSelect.Popup className={`${popup.popup} ${popup.list}`}>
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={popup.item}>
                  <BaseSelect.ItemIndicator>
                    <Icon name="check" size={14} />
                  </BaseSelect.ItemIndicator>
                  <span className={popup.text}>
                    <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                    {option.note !== undefined && <div className={popup.note}>{option.note}</div>}
                  </span>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}
