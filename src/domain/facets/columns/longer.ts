/** A typed array with the same values and room for more, which are zero. */
export function longer<Numbers extends { set(from: Numbers): void }>(from: Numbers, length: number): Numbers {
  const to = new (from.constructor as new (length: number) => Numbers)(length)
  to.set(from)
  return to
}
