import type { Collector } from '../runtime/collector.ts'

/** Everything that came from a config or a target passes through here before it becomes markup. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** The collector's own page: components with health and drops, edges with totals. Plain HTML without any script. */
export function overviewPage(collector: Collector, version: string): string {
  const frame = collector.frame()
  const components = frame.components.map(({ id, health, dropped }) => {
    const drops = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`)
    return row([
      `<a href="/api/v0/web/components/${encodeURI(id)}">${escapeHtml(id)}</a>`,
      `<span class="${health.state}">${health.state}</span>`,
      escapeHtml(health.message),
      escapeHtml(drops.join(', ')),
    ])
  })
  const edges = frame.edges.map(({ from, to, items, bytes, refusedItems, lastRefusal }) =>
    row([
      escapeHtml(from),
      escapeHtml(to),
      String(items),
      String(bytes),
      String(refusedItems),
      escapeHtml(lastRefusal ?? ''),
    ]),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Weir</title>
<style>
:root { color-scheme: light dark; }
body { font: 14px/1.4 system-ui, sans-serif; margin: 32px auto; max-width: 1100px; padding: 0 16px; }
h1 { font-size: 20px; } h2 { font-size: 15px; margin: 32px 0 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); vertical-align: top; }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.healthy::before { content: "● "; color: #2a9d5c; } .unhealthy::before, .exited::before { content: "▲ "; color: #d64545; } .unknown::before { content: "○ "; color: #c58a1b; }
</style>
</head>
<body>
<h1>Weir ${escapeHtml(version)}</h1>
<p>${components.length} components, ${edges.length} edges. <a href="/metrics">Metrics</a> · <a href="/api/v1/metrics/targets">Scrape targets</a> · <a href="/api/v0/web/components">Components as JSON</a></p>
<h2>Components</h2>
${table(['Component', 'Health', 'Message', 'Dropped'], components, 'The configuration has no components.')}
<h2>Edges</h2>
${table(['From', 'To', 'Items', 'Bytes', 'Refused', 'Last refusal'], edges, 'Nothing is connected.')}
</body>
</html>
`
}

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`

function table(headings: readonly string[], rows: readonly string[], empty: string): string {
  if (rows.length === 0) return `<p>${empty}</p>`
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}
