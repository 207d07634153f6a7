import type { ValidationItem } from './errors.js'

/** A body's JSON, or what is wrong with it as JSON. */
export function parseJson(bytes: Uint8Array): { value: unknown } | { item: ValidationItem } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    try {
      return { value: JSON.parse(text) }
    } catch {
      return { item: malformed(text.slice(0, findJsonError(text)), 'JSON decode error') }
    }
  } catch {
    const [before = ''] = new TextDecoder('utf-8').decode(bytes).split('\ufffd', 1)
    return { item: malformed(before, 'Body is not valid UTF-8') }
  }
}

function malformed(before: string, msg: string): ValidationItem {
  return { loc: ['body', [...before].length], msg, type: 'json_invalid' }
}

const whitespace = /[ \t\n\r]*/y
const token = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** The index at which a text stops being the beginning of a JSON document. */
function findJsonError(text: string): number {
  const open: string[] = []
  // What may come next: a value, an object's key, or what follows a value.
  let state: 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'after' = 'value'
  let index = 0
  for (;;) {
    index = skip(whitespace, text, index)
    if (state === 'after' && open.length === 0) return index
    const isString = text[index] === '"'
    const end = isString ? skipString(text, index) : skip(token, text, index)
    if (end < 0) return -end
    if (end === index) return index
    const found = isString ? '"' : (text[index] as string)
    const next = advance(state, found, open)
    if (next === null) return index
    state = next
    index = end
  }
}

function advance(state: string, found: string, open: string[]) {
  const closes = found === (open.at(-1) === '{' ? '}' : ']') && open.length > 0
  if (closes && (state === 'after' || state === 'first item' || state === 'first key')) {
    open.pop()
    return 'after'
  }
  if (state === 'after') return found === ',' ? (open.at(-1) === '{' ? 'key' : 'value') : null
  if (state === 'colon') return found === ':' ? 'value' : null
  if (state === 'key' || state === 'first key') return found === '"' ? 'colon' : null
  if (found === '{' || found === '[') {
    open.push(found)
    return found === '{' ? 'first key' : 'first item'
  }
  return '}],:'.includes(found) ? null : 'after'
}

function skip(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index
  return pattern.test(text) ? pattern.lastIndex : index
}

/** The index after a string, or minus the index of the first character that breaks it. */
function skipString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index] as string
    if (character === '"') return index + 1
    if (character < ' ') return -index
    if (character !== '\\') continue
    index++
    if (text[index] === 'u') {
      const digits = /^[0-9a-fA-F]{0,4}/.exec(text.slice(index + 1, index + 5))?.[0].length ?? 0
      if (digits < 4) return -(index + 1 + digits)
      index += 4
    } else if (!'"\\/bfnrt'.includes(text[index] ?? 'x')) return -index
  }
  return -text.length
}
