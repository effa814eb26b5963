import { imageName, pinnedImages } from '../pinned-images.ts'
import type { StackSettings } from '../../contract/stack.ts'
import type { ExportedFiles } from './export-stack.ts'

/** The config, unchanged, and how real Alloy is started with it. */
export function alloyFiles(text: string, settings: Pick<StackSettings, 'registry'>): ExportedFiles {
  const image = imageName(settings.registry, pinnedImages.alloy)
  return new Map([
    ['config.alloy', text],
    [
      'README.md',
      `# This pipeline on Alloy

\`config.alloy\` is what Weir ran, byte for byte.

    alloy run --storage.path=data config.alloy

With several machines, let them share scrape targets:

    alloy run --cluster.enabled --cluster.join-addresses=HOST:12345 --storage.path=data config.alloy

Sharing also needs \`clustering { enabled = true }\` in each \`prometheus.scrape\`. The image is \`${image}\`.
`,
    ],
  ])
}
