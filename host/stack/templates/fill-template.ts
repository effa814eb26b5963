/** Replaces each `{{name}}`; throws when a name has no value or a value is not asked for, so that no template rots. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>()
  const filled = template.replaceAll(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`the template asks for "${name}", which has no value`)
    used.add(name)
    return values[name]
  })
  const unused = Object.keys(values).filter((name) => !used.has(name))
  if (unused.length > 0) throw new Error(`the template does not use ${unused.join(', ')}`)
  return filled
}
