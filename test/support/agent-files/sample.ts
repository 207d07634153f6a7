/** A file in small, as its values, and what it says a second time: paths below which members may be left without a word. */
export interface Sample {
  values: readonly unknown[]
  shape?: 'object' | 'array' | 'lines'
  path?: string
  repeats?: RegExp
}
