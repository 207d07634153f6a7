/** What the JSON of one request may hold. */
export const jsonBounds = { values: 200_000, levels: 256, numberLength: 1000 } as const

/** Why bytes are not taken as JSON: they break it at a byte, or hold too much. */
export type JsonFault = { kind: 'malformed'; at: number } | { kind: 'too much'; message: string }

type State = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'after'

const whitespace = /[ \t\n\r]*/y
/** What goes on with a text: bytes that stand for themselves (no quotes, no control characters), and whole escapes. */
const within = /(?:[ !#-[\]-\xff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
/** All that may belong to a number or a word. */
const run = /[-+.\w]*/y
const token = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** As much of an escape as is one. */
const escapeBegin = /\\(?:u[0-9a-fA-F]{0,4})?/y
const byteOrderMark = '\xef\xbb\xbf'

/**
 * Reads JSON while its bytes arrive, in constant memory: what is no JSON, and what holds too much, is known before
 * anything parses it. Whether texts are UTF-8 is not looked at.
 */
export class JsonScan {
  #state: State = 'value'
  readonly #open: ('{' | '[')[] = []
  #inText = false
  #values = 0
  /** The end of the last chunk, where a token may go on in the next. */
  #carried = ''
  /** Bytes before `#carried`. */
  #passed = 0
  #fault: JsonFault | null = null

  /** How many values have begun so far. */
  get values(): number {
    return this.#values
  }

  /** Takes the bytes that follow; gives what is wrong with those so far. */
  take(chunk: Uint8Array): JsonFault | null {
    if (this.#fault !== null) return this.#fault
    const { buffer, byteOffset, byteLength } = chunk
    // A character a byte, so that positions are bytes.
    const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
    return this.#read(this.#carried + text, false)
  }

  /** Says that nothing follows; gives what is wrong with the whole. */
  end(): JsonFault | null {
    return this.#fault ?? this.#read(this.#carried, true)
  }

  #read(text: string, isLast: boolean): JsonFault | null {
    let index = this.#passed === 0 && text.startsWith(byteOrderMark) ? byteOrderMark.length : 0
    while (index >= 0 && this.#fault === null) {
      const next = this.#inText ? this.#readText(text, index, isLast) : this.#readToken(text, index, isLast)
      if (next === 'more') break
      index = next
    }
    if (this.#fault !== null) return this.#fault
    this.#carried = text.slice(this.#at)
    this.#passed += this.#at
    return null
  }

  /** Where reading stopped for want of more. */
  #at = 0

  #wait(index: number): 'more' {
    this.#at = index
    return 'more'
  }

  #breaks(index: number): number {
    this.#fault = { kind: 'malformed', at: this.#passed + index }
    return index
  }

  #exceeds(message: string): number {
    this.#fault = { kind: 'too much', message }
    return 0
  }

  #readText(text: string, start: number, isLast: boolean): number | 'more' {
    const index = skip(within, text, start)
    if (index === text.length) return isLast ? this.#breaks(index) : this.#wait(index)
    if (text[index] === '"') {
      this.#inText = false
      return index + 1
    }
    if (text[index] !== '\\') return this.#breaks(index)
    const begun = skip(escapeBegin, text, index)
    return begun === text.length && !isLast ? this.#wait(index) : this.#breaks(begun)
  }

  #readToken(text: string, start: number, isLast: boolean): number | 'more' {
    const index = skip(whitespace, text, start)
    if (index === text.length && !isLast) return this.#wait(index)
    if (this.#state === 'after' && this.#open.length === 0)
      return index === text.length ? this.#wait(index) : this.#breaks(index)
    const runEnd = skip(run, text, index)
    if (runEnd - index > jsonBounds.numberLength && !this.#expectsKey())
      return this.#exceeds(`A number has at most ${jsonBounds.numberLength} characters`)
    if (runEnd > index && runEnd === text.length && !isLast) return this.#wait(index)
    const isText = text[index] === '"'
    const end = isText ? index + 1 : skip(token, text, index)
    if (end === index) return this.#breaks(index)
    const next = this.#advance(text[index] as string)
    if (next === null) return this.#breaks(index)
    this.#state = next
    this.#inText = isText
    if (this.#values > jsonBounds.values) return this.#exceeds(`At most ${jsonBounds.values} values`)
    if (this.#open.length > jsonBounds.levels) return this.#exceeds(`At most ${jsonBounds.levels} levels`)
    return end
  }

  #expectsKey(): boolean {
    return this.#state === 'key' || this.#state === 'first key'
  }

  #advance(found: string): State | null {
    const open = this.#open.at(-1)
    const closes = open !== undefined && found === (open === '{' ? '}' : ']')
    if (closes && (this.#state === 'after' || this.#state === 'first item' || this.#state === 'first key')) {
      this.#open.pop()
      return 'after'
    }
    if (this.#state === 'after') return found === ',' ? (open === '{' ? 'key' : 'value') : null
    if (this.#state === 'colon') return found === ':' ? 'value' : null
    if (this.#expectsKey()) return found === '"' ? 'colon' : null
    if ('}],:'.includes(found)) return null
    this.#values += 1
    if (found !== '{' && found !== '[') return 'after'
    this.#open.push(found)
    return found === '{' ? 'first key' : 'first item'
  }
}

function skip(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index
  return pattern.test(text) ? pattern.lastIndex : index
}
