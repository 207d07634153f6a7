/** One violation of the input: where it is and what is wrong. */
export interface Issue {
  path: readonly (string | number)[]
  message: string
}
