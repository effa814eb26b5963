import { codeFolding } from '@codemirror/language'

/**
 * What stands where a block is folded, and unfolds it when pressed. Not when clicked: what is pressed gets the cursor, so it is
 * drawn anew, and the button is released over another element.
 */
export const foldPlaceholder = () =>
  codeFolding({
    placeholderDOM: ({ state }, unfold) => {
      const place = document.createElement('span')
      place.className = 'cm-foldPlaceholder'
      place.textContent = '…'
      place.title = state.phrase('unfold')
      place.ariaLabel = state.phrase('folded code')
      place.onmousedown = (event) => event.button === 0 && unfold(event)
      return place
    },
  })
