/** Where CodeMirror draws: the root it puts its styles into, and the element it stands in. */
export interface CodeRoot {
  readonly root: ShadowRoot
  readonly parent: HTMLElement
}

/**
 * A place for CodeMirror inside an element. The content security policy allows no style elements, and in a shadow root
 * CodeMirror uses constructed style sheets instead.
 */
export function codeRoot(host: HTMLElement): CodeRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const parent = document.createElement('div')
  parent.style.height = '100%'
  root.replaceChildren(parent)
  return { root, parent }
}
