/** What is typed into, else the button that goes on; the popup itself where there is neither. */
const firstFocus = 'input, textarea, [data-kind="primary"]:not([data-disabled])'

/**
 * The `ref` of a popup that has the focus as soon as it is drawn: a key pressed right after the one that opened it belongs to
 * it. By then it is known what had the focus before, and will have it again.
 */
export function takeFocus(popup: HTMLElement | null): void {
  queueMicrotask(() => (popup?.querySelector<HTMLElement>(firstFocus) ?? popup)?.focus())
}
