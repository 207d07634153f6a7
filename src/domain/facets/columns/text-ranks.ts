/** Beyond so many texts putting them in order would hold up others. */
const MAX_RANKED = 8192
/** So many new ones are put in between; of more all are sorted. */
const FEW = 32

/** The ranks of texts in their order, by number: a page of many values compares each of them a dozen times. */
export class TextRanks {
  readonly #inOrder: number[] = []
  #ranks = new Uint32Array(1)

  constructor(private readonly compare: (a: number, b: number) => number) {}

  /** The rank of each text below this number; null where they are too many. */
  upTo(size: number): Uint32Array | null {
    if (size > MAX_RANKED) return null
    if (size === this.#ranks.length) return this.#ranks
    const first = this.#inOrder.length + 1
    for (let code = first; code < size; code++)
      if (size - first > FEW) this.#inOrder.push(code)
      else this.#inOrder.splice(this.#rankOf(code), 0, code)
    if (size - first > FEW) this.#inOrder.sort(this.compare)
    this.#ranks = new Uint32Array(size)
    for (const [rank, code] of this.#inOrder.entries()) this.#ranks[code] = rank
    return this.#ranks
  }

  #rankOf(code: number): number {
    let [low, high] = [0, this.#inOrder.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.compare(this.#inOrder[middle] as number, code) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
