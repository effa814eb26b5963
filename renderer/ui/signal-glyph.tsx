import type { SignalKind } from '../model/signal-kind.ts'

/** The shape of each kind on a square of 10: never colour alone. */
const shapes: Readonly<Record<SignalKind, string>> = {
  targets: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0 -9z',
  metrics: 'M0.8 0.8h8.4v8.4h-8.4z',
  logs: 'M0.5 1.2h9v2.9h-9z M0.5 5.9h9v2.9h-9z',
  traces: 'M0.9 0.4L9.7 5L0.9 9.6z',
  profiles: 'M2.6 0.7h4.8L9.8 5L7.4 9.3H2.6L0.2 5z',
  rules: 'M5 0.2L9.8 5L5 9.8L0.2 5z',
  other: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0 -9z M5 3a2 2 0 1 1 0 4a2 2 0 1 1 0 -4z',
}

interface SignalGlyphProps {
  readonly kind: SignalKind
  readonly size?: number
  /** Drawn as an outline: the same kind of data in another form, such as OTLP. */
  readonly hollow?: boolean
}

/** The glyph of a kind in its hue, 10 pixels unless told. */
export function SignalGlyph({ kind, size = 10, hollow = false }: SignalGlyphProps) {
  const hue = `var(--${kind})`
  return (
    <svg width={size} height={size} viewBox="-1 -1 12 12" aria-hidden="true" focusable="false">
      <path
        d={shapes[kind]}
        fill={hollow ? 'var(--slate-2)' : hue}
        stroke={hollow ? hue : 'none'}
        strokeWidth={1.8}
        fillRule="evenodd"
      />
    </svg>
  )
}
