import { getHeapStatistics } from 'node:v8'

/** One JSON value is parsed at once, and texts of V8 end at 512 MB. */
const MOST_CHARACTERS = 400 * 1024 * 1024
/** How much of the heap a value takes as it is read and taken apart, in lengths of its text: a run of tau-bench up to six. */
const HEAP_SHARE = 8

const { heap_size_limit } = getHeapStatistics()

/** The longest value that is held at once: beyond it a process of this heap would die of memory. */
export const maxValueCharacters = Math.min(MOST_CHARACTERS, Math.floor(heap_size_limit / HEAP_SHARE))

/** Says that a value is longer than that, and what helps. */
export function sayTooLong(what: string): string {
  const megabytes = Math.floor(maxValueCharacters / 1024 ** 2)
  const heap = Math.ceil(heap_size_limit / 1024 ** 2)
  const help =
    maxValueCharacters === MOST_CHARACTERS
      ? ''
      : ` by a process with a heap of ${heap} MB (NODE_OPTIONS=--max-old-space-size says how much it has)`
  return `${what} has more than ${megabytes} MB, which is as much as is read at once${help}`
}
