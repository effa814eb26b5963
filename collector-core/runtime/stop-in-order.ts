interface Stoppable {
  readonly id: string
  readonly node: { readonly references: readonly { readonly target: string }[] }
}

/** Stops each component once all of these that refer to it have stopped; what does not depend on each other stops together. */
export async function stopInOrder<C extends Stoppable>(
  components: readonly C[],
  stop: (component: C) => Promise<void>,
): Promise<void> {
  const stopped = new Map<string, Promise<void>>()
  const stopAfterSenders = (component: C): Promise<void> => {
    const begun = stopped.get(component.id)
    if (begun !== undefined) return begun
    const senders = components.filter(({ node }) => node.references.some(({ target }) => target === component.id))
    const ended = Promise.all(senders.map(stopAfterSenders)).then(() => stop(component))
    stopped.set(component.id, ended)
    return ended
  }
  await Promise.all(components.map(stopAfterSenders))
}
