import { generationKey } from './keys.ts'
import type { Sequence } from './keys.ts'
import type { KeyValueStore } from './key-value-store.ts'

/** Numbers rows, never the same twice: each opening of the store is a generation of its own. */
export class Sequencer {
  private readonly generation: number
  private count = 0

  private constructor(generation: number) {
    this.generation = generation
  }

  static async open(store: KeyValueStore): Promise<Sequencer> {
    const stored = (await store.all(generationKey, Uint8Array.of(generationKey[0] + 1))).at(0)
    const generation = stored === undefined ? 1 : Buffer.from(stored[1]).readUInt32BE(0) + 1
    const value = Buffer.alloc(4)
    value.writeUInt32BE(generation)
    await store.write({ puts: [[generationKey, value]] })
    return new Sequencer(generation)
  }

  next(): Sequence {
    return { generation: this.generation, count: this.count++ }
  }
}
