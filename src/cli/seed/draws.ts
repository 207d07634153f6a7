import { createHash } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { hyphenate } from '../../rules/uuid.js'

/** Random choices that follow from a text alone: the same text gives the same choices in the same order. */
export class Draws {
  readonly #generator: RandomGenerator

  constructor(text: string) {
    const digest = createHash('sha256').update(text).digest()
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32BE(at)))
  }

  /** From 0 to below 1. */
  fraction(): number {
    return uniformFloat64(this.#generator)
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** Both ends included. */
  integer(least: number, most: number): number {
    return uniformInt(this.#generator, least, most)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)] as T
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>({ values, sums }: Weighted<T>): T {
    const at = this.fraction() * (sums.at(-1) ?? 0)
    const index = sums.findIndex((sum) => at < sum)
    return values[index] as T
  }

  /** A different few of the values, in random order. */
  sample<T>(values: readonly T[], count: number): T[] {
    const rest = [...values]
    return Array.from({ length: count }, () => rest.splice(this.integer(0, rest.length - 1), 1)[0] as T)
  }

  /** A uuid of version 4. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      (this.#generator.next() >>> 0).toString(16).padStart(8, '0'),
    ).join('')
    const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]
    return hyphenate(`${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`)
  }
}

/** Values with the running sums of their weights. */
export interface Weighted<T> {
  values: readonly T[]
  sums: readonly number[]
}

/** The values, each with the weight of its index. */
export function weigh<T>(values: readonly T[], weightAt: (index: number) => number): Weighted<T> {
  let sum = 0
  const sums = values.map((_, index) => {
    sum += weightAt(index)
    return sum
  })
  return { values, sums }
}
