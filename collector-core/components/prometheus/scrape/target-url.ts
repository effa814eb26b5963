/**
 * The URL a target is scraped at: scheme, address and path from its labels, query parameters sorted by name, with
 * `__param_<name>` labels in place of a parameter's first value. Undefined when they do not make a URL.
 */
export function targetUrl(
  labels: ReadonlyMap<string, string>,
  address: string,
  params: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const query = new Map([...params].map(([name, values]) => [name, [...values]]))
  for (const [label, value] of labels) {
    if (!label.startsWith('__param_')) continue
    const name = label.slice('__param_'.length)
    const values = query.get(name)
    if (values !== undefined && values.length > 0) values[0] = value
    else query.set(name, [value])
  }
  const search = new URLSearchParams()
  for (const name of [...query.keys()].sort()) for (const value of query.get(name)!) search.append(name, value)
  const path = labels.get('__metrics_path__')!
  const text = `${labels.get('__scheme__')}://${address}${path.startsWith('/') ? '' : '/'}${path}`
  try {
    const url = new URL(text)
    url.hash = ''
    const own = search.toString()
    if (own !== '') url.search = url.search === '' ? own : `${url.search}&${own}`
    return url.href
  } catch {
    return undefined
  }
}
