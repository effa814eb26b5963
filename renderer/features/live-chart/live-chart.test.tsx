// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { drawPipeline } from '../../model/picture.ts'
import { pipeline, renderWindow } from '../../testing/render-window.tsx'
import { DrawnLines } from './drawn-lines.tsx'
import { LiveChart } from './live-chart.tsx'

const pictureOf = (count: number) =>
  drawPipeline({
    nodes: Array.from({ length: count }, (_, index) => ({
      ...pipeline.nodes[0],
      id: `test.c${index}`,
      label: `c${index}`,
    })),
    edges: [],
  })

test('of many components the chart tells whose the lines are, in the order of the config', () => {
  const { nodes } = pictureOf(300)
  renderWindow(<DrawnLines nodes={nodes} drawn={['test.c250', 'test.c3']} label="Lines" />)
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['c3 test', 'c250 test'])
})

test('those to choose from can be narrowed where there are many', async () => {
  const few = renderWindow(<LiveChart picture={pictureOf(8)} />)
  expect(screen.queryByRole('searchbox')).toBeNull()
  few.unmount()
  renderWindow(<LiveChart picture={pictureOf(40)} />)
  await userEvent.type(screen.getByRole('searchbox', { name: 'Filter components' }), 'c3')
  expect(screen.getAllByRole('checkbox')).toHaveLength(11)
})
