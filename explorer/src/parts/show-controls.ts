/** Controls besides tab and line feed, and the characters that turn the direction of a text around. */
const controls = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A text whose control characters can be seen: `␛`, and `⟨U+202E⟩` for those without a picture. */
export function showControls(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(controls, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '␡' : codesOf(character)
  })
}

/**
 * Characters that leave no trace, with which a name can pass for another one. Joiners are of some scripts and of pictures: they
 * are seen where nothing joins.
 */
const traceless =
  /\u034f|[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u2800\u3164\ufeff\uffa0\u{e0000}-\u{e0fff}]|(?<![\p{M}\p{Lo}\p{Extended_Pictographic}])[\u200c\u200d]|[\u200c\u200d]$/gu

/** A name of whatever somebody sent, so that all of it can be seen: what leaves no trace stands by its codes. */
export function visibleName(name: string): string {
  if (/[^\p{Cf}\p{Cc}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(name))
    return showControls(name.replace(traceless, codesOf))
  const first = [...name].slice(0, 3)
  return first.length === 0 ? '⟨empty⟩' : codesOf(first.join(''))
}

/** Names are short; of one that is not its beginning stands for it. */
export const cut = (name: string, longest = 200): string =>
  name.length > longest ? `${name.slice(0, longest)}…` : name

function codesOf(characters: string): string {
  const codes = [...characters].map((one) => (one.codePointAt(0) ?? 0).toString(16).toUpperCase())
  return `⟨U+${codes.map((code) => code.padStart(4, '0')).join(' U+')}⟩`
}
