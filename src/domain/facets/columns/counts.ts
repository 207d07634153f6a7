/** Numbers of texts, as wide as the greatest needs. */
export type Codes = Uint8Array | Uint16Array | Uint32Array

/** Whole numbers, as wide as the greatest needs; floats once one is negative or beyond 32 bits. */
export type Counts = Codes | Float64Array

/** The column with a number in it, as another array where this one has no room for it. */
export function withCount(counts: Counts, row: number, count: number): Counts {
  const isFloat = counts instanceof Float64Array
  const fits = isFloat || (count >= 0 && count < 256 ** counts.BYTES_PER_ELEMENT)
  const room = fits
    ? counts
    : count >= 0 && count < 2 ** 32
      ? widened(counts as Codes, count)
      : new Float64Array(counts)
  room[row] = count
  return room
}

/** Codes with room for a greater one. */
export function widened(codes: Codes, greatest: number): Codes {
  const wide = greatest < 2 ** 16 ? new Uint16Array(codes.length) : new Uint32Array(codes.length)
  wide.set(codes)
  return wide
}
