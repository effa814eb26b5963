// Finds sentences that are still English on a page in another language. Runs in the page, so it stands alone.

/** Texts with four English words in a row and none in Korean; code, config, log lines and numbers are what they are. */
export function englishText(): string[] {
  const found = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    if (parent === null || parent.closest('.cm-editor, code, pre, script, style, [role=log]') !== null) continue
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const text = textContent?.trim() ?? ''
    if (/([A-Za-z]{2,}[,:;]? ){3}[a-z]{2,}/.test(text)) found.add(`"${text.slice(0, 120)}" is English`)
  }
  return [...found]
}
