/** The text of each element of a JSON array, untouched; undefined when the text is anything else. */
export function jsonElements(text: string): string[] | undefined {
  if (!/^[ \t\r\n]*\[/.test(text)) return undefined
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  const elements: string[] = []
  let depth = 0
  let start = -1
  let end = -1
  const finish = (): void => {
    if (start >= 0) elements.push(text.slice(start, end))
    start = -1
  }
  for (let at = text.indexOf('[') + 1; ; at++) {
    const char = text[at]
    if (depth === 0 && (char === ',' || char === ']')) {
      finish()
      if (char === ']') return elements
      continue
    }
    if (' \t\r\n'.includes(char)) continue
    if (start < 0) start = at
    if (char === '"') at = stringEnd(text, at)
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    end = at + 1
  }
}

/** The index of the closing quote. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
