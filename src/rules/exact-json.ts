const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Parses JSON without rounding: a number beyond 2^53, or too large for JavaScript, comes as the text that it is written in.
 * Undefined for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  const value = tryParse(text)
  // Only long runs of digits, and exponents, can be out of range.
  if (value === undefined || !/\d{16}|\d[eE]/.test(text)) return value
  return tryParse(quoteInexact(text)) ?? value
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON, which has been parsed, with numbers that are out of range as texts. */
function quoteInexact(text: string): string {
  let quoted = ''
  let copied = 0
  const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) at = endOfString(text, at)
    else if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      number.lastIndex = at
      const [token = text[at] ?? ''] = number.exec(text) ?? []
      if (!isExact(token)) {
        quoted += `${text.slice(copied, at)}"${token}"`
        copied = at + token.length
      }
      at += token.length
    } else at += 1
  }
  return quoted + text.slice(copied)
}

function isExact(token: string): boolean {
  return Math.abs(Number(token)) <= Number.MAX_SAFE_INTEGER
}

/** Where the text of JSON goes on behind the string that begins here. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at)
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1
    at = end + 1
    if (escapes % 2 === 0) return at
  }
}
