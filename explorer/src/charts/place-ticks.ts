/** A letter of the monospace at 11 px, and what stands between two words at least. */
const LETTER_WIDTH = 6.7
const GAP = 8

interface Tick {
  text: string
  /** Where it belongs, in pixels. */
  middle: number
}

/** Where the words of an axis begin, none beyond its ends and none over another: one without room is left out. */
export function placeTicks(ticks: readonly Tick[], width: number): { text: string; left: number }[] {
  const placed: { text: string; left: number }[] = []
  let free = 0
  for (const { text, middle } of ticks) {
    const wide = text.length * LETTER_WIDTH
    const left = Math.max(0, Math.min(middle - wide / 2, width - wide))
    if (left < free) continue
    placed.push({ text, left })
    free = left + wide + GAP
  }
  return placed
}
