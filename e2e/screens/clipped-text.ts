// Finds text a person cannot read to its end. Runs in the page, so it stands alone.

/**
 * Texts that reach beyond a box that cuts them off without an ellipsis, or beyond the window, where nothing scrolls to
 * them; each with the path to its element.
 */
export function clippedText(): string[] {
  const tolerance = 2
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const parent = text.parentElement
    if (parent === null || text.textContent?.trim() === '') continue
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    // The canvas is moved about; code scrolls by itself; texts for screen readers are one pixel large.
    if (parent.closest('.react-flow__renderer, .react-flow__minimap, .cm-editor, svg, option, title') !== null) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const box = range.getBoundingClientRect()
    if (box.width === 0) continue
    const cut = cutOff(parent, box)
    if (cut !== undefined) found.push(`"${text.textContent?.trim().slice(0, 60) ?? ''}" ${cut}: ${pathOf(parent)}`)
  }
  return found

  function cutOff(start: Element, box: DOMRect): string | undefined {
    for (let element: Element | null = start; element !== null; element = element.parentElement) {
      const style = getComputedStyle(element)
      const own = element.getBoundingClientRect()
      // Not in pixels of the screen: those of a window drawn larger are more.
      const width = element instanceof HTMLElement ? element.offsetWidth : own.width
      if (style.clipPath !== 'none' || width <= 1) return undefined
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return undefined
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return undefined
      if (/hidden|clip/.test(style.overflowX) && (box.right > own.right + tolerance || box.left < own.left - tolerance))
        return 'is cut off at the side'
      if (/hidden|clip/.test(style.overflowY) && (box.bottom > own.bottom + tolerance || box.top < own.top - tolerance))
        return 'is cut off below'
    }
    const outside =
      box.right > innerWidth + tolerance ||
      box.left < -tolerance ||
      box.bottom > innerHeight + tolerance ||
      box.top < -tolerance
    return outside ? 'is outside of the window' : undefined
  }

  function pathOf(element: Element): string {
    const names: string[] = []
    for (let one: Element | null = element; one !== null && names.length < 4; one = one.parentElement) {
      names.unshift(`${one.tagName.toLowerCase()}${one.classList.length > 0 ? `.${one.classList[0]}` : ''}`)
    }
    return names.join(' > ')
  }
}
