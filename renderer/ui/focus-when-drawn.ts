/** Half a second at sixty frames. */
const mostFrames = 30

/** Gives the focus to what a selector finds first, as soon as it is drawn and whatever asked for it has gone. */
export function focusWhenDrawn(selector: string): void {
  let left = mostFrames
  const look = (): void => {
    const found = document.querySelector<HTMLElement>(selector)
    if (found !== null) found.focus()
    else if (left-- > 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
