import { Select } from '../../../ui/select.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { DraftInput } from './draft-input.tsx'
import { ExpressionControl } from './expression-control.tsx'
import { ListControl, TargetsControl } from './list-control.tsx'
import { controlFor, scalarText } from './literal-of.ts'
import { MapControl } from './map-control.tsx'
import { ReferenceControl } from './reference-control.tsx'
import { ReferencesControl } from './references-control.tsx'
import { SecretControl } from './secret-control.tsx'
import { isPlain, useScalar } from './value-props.ts'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** The control for a value: by its shape while it is a plain value, else the expression as it stands. */
export function ValueControl(props: ValueProps) {
  const { shape, expression } = props
  if (shape.kind === 'rules' || shape.kind === 'capsule') return <ReferenceControl {...props} />
  if (!isPlain(shape, expression)) return <ExpressionControl {...props} />
  switch (controlFor(shape)) {
    case 'list':
      return <ListControl {...props} Value={ValueControl} />
    case 'map':
      return <MapControl {...props} Value={ValueControl} />
    case 'secret':
      return <SecretControl {...props} />
    case 'bool':
    case 'choice':
      return <ChoiceControl {...props} />
    case 'references':
      return shape.kind === 'targets' && expression?.kind === 'array' && expression.elements.length > 0 ? (
        <TargetsControl {...props} Value={ValueControl} />
      ) : (
        <ReferencesControl {...props} />
      )
    default:
      return <ScalarControl {...props} />
  }
}

function ScalarControl({ shape, at, expression, name, placeholder, invalid }: ValueProps) {
  const say = useWords(words)
  const set = useScalar({ shape, at })
  const value = expression === undefined ? '' : scalarText(expression, shape)!
  const isNumber = shape.kind === 'integer' || shape.kind === 'float'
  const bounds = isNumber ? boundsText(say, shape.min, shape.max) : ''
  return (
    <DraftInput
      label={name}
      value={value}
      placeholder={placeholder ?? bounds}
      invalid={invalid}
      onCommit={(text) => {
        if (isNumber && text.trim() !== '' && !/^-?\d*\.?\d+(?:e[+-]?\d+)?$/i.test(text.trim())) return say.notANumber
        set(text)
        return undefined
      }}
    />
  )
}

function boundsText(
  say: { between: (a: number, b: number) => string; atLeast: (a: number) => string; atMost: (b: number) => string },
  min: number | undefined,
  max: number | undefined,
): string {
  if (min !== undefined && max !== undefined) return say.between(min, max)
  if (min !== undefined) return say.atLeast(min)
  return max === undefined ? '' : say.atMost(max)
}

function ChoiceControl({ shape, at, expression, name, placeholder }: ValueProps) {
  const say = useWords(words)
  const set = useScalar({ shape, at })
  const options =
    shape.kind === 'choice'
      ? shape.values.map((value) => ({ value, label: value }))
      : [
          { value: 'true', label: say.on },
          { value: 'false', label: say.off },
        ]
  const value = expression === undefined ? undefined : scalarText(expression, shape)
  return <Select label={name} value={value} options={options} onChange={set} placeholder={placeholder ?? say.choose} />
}
