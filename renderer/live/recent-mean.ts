interface Sample {
  readonly at: number
  readonly count: number
  readonly sum: number
}

const windowMs = 10_000

/** The mean of what was added lately, from a growing count and a growing sum: over ten seconds, or since they last grew. */
export class RecentMean {
  private samples: Sample[] = []
  private mean: number | undefined

  add(at: number, count: number, sum: number): number | undefined {
    const last = this.samples.at(-1)
    if (last !== undefined && count < last.count) this.samples = []
    if (last === undefined && count > 0) this.mean = sum / count
    this.samples.push({ at, count, sum })
    while (this.samples.length > 2 && this.samples[1].at <= at - windowMs) this.samples.shift()
    const [first] = this.samples
    if (count > first.count) this.mean = (sum - first.sum) / (count - first.count)
    return this.mean
  }
}
