import { Autocomplete } from '@base-ui/react/autocomplete'
import { Icon } from './icon.tsx'
import type { Option } from './select.tsx'
import { useWords } from './use-words.ts'
import { words } from './words.ts'
import field from './field.module.css'
import popup from './popup.module.css'

interface ComboboxProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Offered while typing; anything else may be typed too. */
  readonly options: readonly Option<string>[]
  readonly label?: string
  readonly placeholder?: string
  readonly mono?: boolean
  readonly disabled?: boolean
  readonly onBlur?: () => void
}

const textOf = (option: Option<string>): string => option.value

/** Text with suggestions, found by what is typed. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, options, label, placeholder, mono = false, disabled, onBlur } = props
  const { show, nothing } = useWords(words)
  return (
    <Autocomplete.Root
      items={options}
      value={value}
      onValueChange={onChange}
      itemToStringValue={textOf}
      disabled={disabled}
      openOnInputClick
    >
      <Autocomplete.InputGroup className={mono ? `${field.control} ${field.mono}` : field.control}>
        <Autocomplete.Input
          className={field.inner}
          aria-label={label}
          placeholder={placeholder}
          spellCheck={false}
          onBlur={onBlur}
        />
        <Autocomplete.Trigger className={field.bare} aria-label={show} tabIndex={-1}>
          <Icon name="expand" size={14} />
        </Autocomplete.Trigger>
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner positionMethod="fixed" sideOffset={4} className={popup.positioner}>
          <Autocomplete.Popup className={`${popup.popup} ${popup.list}`}>
            <Autocomplete.Empty className={popup.empty}>{nothing}</Autocomplete.Empty>
            <Autocomplete.List>
              {(option: Option<string>) => (
                <Autocomplete.Item key={option.value} value={option} className={popup.item}>
                  <span className={popup.text}>
                    {option.label}
                    {option.note !== undefined && <div className={popup.note}>{option.note}</div>}
                  </span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
