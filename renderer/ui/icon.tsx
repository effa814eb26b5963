const paths = {
  pipeline: 'M2.5 4h4v3h-4z M9.5 9h4v3h-4z M6.5 5.5h1.5v5h1.5',
  live: 'M1.5 8.5h3l2-5.5l3 10l2-4.5h3',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0 -5.6z M8 1.5v1.4 M8 13.1v1.4 M1.5 8h1.4 M13.1 8h1.4 M3.4 3.4l1 1 M11.6 11.6l1 1 M3.4 12.6l1-1 M11.6 4.4l1-1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z',
  system: 'M2 3h12v8h-12z M6 13.5h4 M8 11v2.5',
  close: 'M4 4l8 8 M12 4l-8 8',
  plus: 'M8 3.5v9 M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 6v-3.5h3.5 M10 2.5h3.5v3.5 M13.5 10v3.5h-3.5 M6 13.5h-3.5v-3.5',
} as const

export type IconName = keyof typeof paths

/** A line icon of 16 pixels in the colour of the text around it; what it means is said by its button. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
