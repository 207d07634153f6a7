const QUOTE = 0x22
const BACKSLASH = 0x5c

export const COMMA = 0x2c
export const LIST = { start: 0x5b, end: 0x5d }
export const OBJECT = { start: 0x7b, end: 0x7d }

/** Follows JSON through pieces of its text: tells each bracket and comma outside strings. */
export class JsonWalk {
  depth = 0
  #inString = false
  /** Whether the piece before ended with a backslash that escapes what comes. */
  #escaped = false

  /** Calls back with the place of every bracket and comma, and the depth that it stands at, from the outside. */
  walk(text: string, visit: (at: number, unit: number, depth: number) => void): void {
    let at = this.#inString ? this.#skipString(text, 0) : 0
    while (at < text.length) {
      const unit = text.charCodeAt(at)
      if (unit === QUOTE) {
        this.#inString = true
        at = this.#skipString(text, at + 1)
        continue
      }
      if (unit === LIST.start || unit === OBJECT.start) visit(at, unit, this.depth++)
      else if (unit === LIST.end || unit === OBJECT.end) visit(at, unit, --this.depth)
      else if (unit === COMMA) visit(at, unit, this.depth)
      at += 1
    }
  }

  /** Where the text goes on behind the string that this place stands in. */
  #skipString(text: string, from: number): number {
    let start = from
    if (this.#escaped && from < text.length) {
      this.#escaped = false
      start += 1
    }
    for (let at = start; ; ) {
      const end = text.indexOf('"', at)
      const until = end === -1 ? text.length : end
      let before = until - 1
      while (before >= start && text.charCodeAt(before) === BACKSLASH) before -= 1
      const isEscaped = (until - 1 - before) % 2 === 1
      if (end === -1) {
        this.#escaped = isEscaped
        return text.length
      }
      at = end + 1
      if (isEscaped) continue
      this.#inString = false
      return at
    }
  }
}
