// Holds the walls of docs/architecture.md. Fails also when hardly any file was read, which would be a false green.
import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'

const config = createRequire(import.meta.url)('./walls.cjs')
const folders = ['collector-core', 'host', 'renderer', 'electron']
const { output } = await cruise(
  folders,
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  undefined,
  undefined,
)
for (const { from, to, rule } of output.summary.violations) {
  const comment = config.forbidden.find(({ name }) => name === rule.name)?.comment ?? ''
  console.error(`${rule.name}: ${from} -> ${to}\n  ${comment}`)
}
const read = output.summary.totalCruised
console.log(`walls: ${read} files read, ${output.summary.violations.length} violations`)
if (read < 100) {
  console.error('The walls were not checked: fewer than 100 files were read.')
  process.exit(1)
}
process.exit(output.summary.violations.length > 0 ? 1 : 0)
