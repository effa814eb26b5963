import { CachedTextReader } from '../../../wire/exposition/cached-text-reader.ts'
import { ClassicToNative } from '../../../wire/exposition/classic-to-native.ts'
import type { Candidate } from '../../../wire/exposition/classic-to-native.ts'
import type {
  ExpositionFormat,
  ExpositionReading,
  ExpositionResult,
  SeriesMaker,
} from '../../../wire/exposition/exposition.ts'
import { ProtobufExpositionReader } from '../../../wire/exposition/protobuf-exposition.ts'

export interface ReaderOptions {
  readonly native: boolean
  readonly classic: boolean
  readonly convertClassic: boolean
}

interface Reader<T> {
  reading(body: Uint8Array): ExpositionReading<T>
}

/** Reads the answers of one target in whatever format they come, remembering its series from answer to answer. */
export class TargetReader<T> {
  private readonly maker: SeriesMaker<T>
  private readonly options: ReaderOptions
  private format: ExpositionFormat | undefined
  private reader: Reader<T> | undefined

  constructor(maker: SeriesMaker<T>, options: ReaderOptions) {
    this.maker = maker
    this.options = options
  }

  reading(body: Uint8Array, format: ExpositionFormat): ExpositionReading<T> {
    if (this.reader === undefined || this.format !== format) {
      this.format = format
      this.reader = this.options.convertClassic ? this.converting(format) : this.plain(format, this.maker)
    }
    return this.reader.reading(body)
  }

  /** Forgets all series. */
  reset(): void {
    this.reader = undefined
  }

  private plain<U>(format: ExpositionFormat, maker: SeriesMaker<U>): Reader<U> {
    return format === 'protobuf'
      ? new ProtobufExpositionReader(maker, this.options)
      : new CachedTextReader(format, maker)
  }

  private converting(format: ExpositionFormat): Reader<T> {
    const converter = new ClassicToNative(this.maker, this.options.classic)
    const reader = this.plain<Candidate<T>>(format, converter)
    return {
      *reading(body): ExpositionReading<T> {
        const result: ExpositionResult<Candidate<T>> = yield* reader.reading(body)
        return result.ok ? { ok: true, exposition: converter.convert(result.exposition) } : result
      },
    }
  }
}
