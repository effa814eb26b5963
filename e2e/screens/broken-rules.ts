// Asks axe-core what is wrong with the page. Runs in the page, so it stands alone; axe-core has been loaded there.
import type axeCore from 'axe-core'

declare const axe: typeof axeCore

/** The accessibility rules the page breaks, each with its first element; empty is good. */
export async function brokenRules(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    resultTypes: ['violations'],
    elementRef: true,
  })
  return violations.flatMap(({ id, nodes }) => {
    // Popups stand at the end of the document, outside of its landmarks; one gets there from the button they belong to.
    const broken = nodes.filter(({ element }) => id !== 'region' || !element?.closest('[data-base-ui-portal]'))
    return broken.length === 0 ? [] : [`${id} (${broken.length}): ${broken[0].target.join(' ')} ${broken[0].html}`]
  })
}
