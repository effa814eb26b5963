import 'react'

declare module 'react' {
  /** Custom properties are set from code like any other. */
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined
  }
}
