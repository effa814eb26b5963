// A file that is written fast, and rotated, while Weir is killed again and again in the middle of catching up.
import { renameSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LokiReceiver } from '../loki-receiver.ts'
import { sleep } from '../wait-until.ts'
import { startWeir } from '../weir-process.ts'
import { LineWriter } from './numbered-load.ts'

const kills = 6
const rotateAfter = 3

test('every line of a file is stored once, however often Weir is killed while it reads', async () => {
  const loki = await LokiReceiver.start()
  const lines = new LineWriter()
  const config = `
loki.source.file "app" {
  targets    = [{ "__path__" = "${lines.path}", "job" = "app" }]
  forward_to = [loki.process.numbers.receiver]
}

loki.process "numbers" {
  forward_to = [loki.write.default.receiver]

  stage.regex {
    expression = "line (?P<number>\\\\d+)"
  }

  stage.structured_metadata {
    values = { number = "" }
  }
}

loki.write "default" {
  endpoint {
    url        = "${loki.url}"
    batch_wait = "200ms"
  }
}
`
  let writing = true
  const written = (async () => {
    while (writing) {
      lines.write(700)
      await sleep(30)
    }
  })()
  let weir = await startWeir(config)
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(300 + kill * 110)
    await weir.kill()
    if (kill === rotateAfter) renameSync(lines.path, `${lines.path}.1`)
    weir = await startWeir(config, { storage: weir.storage })
  }
  writing = false
  await written
  for (
    let quietSeconds = 0, before = -1;
    quietSeconds < 5;
    quietSeconds = loki.entries.length > before ? 0 : quietSeconds + 1
  ) {
    before = loki.entries.length
    await sleep(1000)
  }
  const { stored, linesStoredTwice: twice } = loki
  console.log(`${lines.written} lines written, ${loki.entries.length} arrived, ${twice} stored twice`)
  expect(stored.size).toBe(lines.written)
  expect(twice).toBe(0)
})
