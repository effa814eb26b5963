// Whether the canvas keeps its size while numbers run for a long time. Prints what the page holds every minute, garbage
// collected, and exits with 1 when it grew by more than 5 % from the end of the first third to the last minute.
// Usage: node bench/canvas/memory.mjs [MINUTES]
import { withCanvasPage } from './canvas-page.mjs'

const minutes = Number(process.argv[2] ?? 30)
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1).padStart(7)

await withCanvasPage({ framesPerSecond: 4 }, async (page, session) => {
  await session.send('Performance.enable')
  const heaps = []
  for (let minute = 0; minute <= minutes; minute++) {
    if (minute > 0) await page.waitForTimeout(60_000)
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const value = (name) => metrics.find((metric) => metric.name === name).value
    heaps.push(value('JSHeapUsedSize'))
    console.log(
      `minute ${String(minute).padStart(3)}  heap ${mib(heaps.at(-1))} MiB  elements ${value('Nodes')}  listeners ${value('JSEventListeners')}`,
    )
  }
  const growth = heaps.at(-1) / heaps[Math.ceil(minutes / 3)] - 1
  console.log(
    `grew by ${(100 * growth).toFixed(1)} % over the last two thirds${growth > 0.05 ? '   misses its bound' : ''}`,
  )
  process.exitCode = growth > 0.05 ? 1 : 0
})
