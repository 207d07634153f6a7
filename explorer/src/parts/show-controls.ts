/** Controls besides tab and line feed, and the characters that turn the direction of a text around. */
const controls = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A text whose control characters can be seen: `␛`, and `⟨U+202E⟩` for those without a picture. */
export function showControls(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(controls, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/** A name of whatever somebody sent, so that it can be seen: one of nothing but invisible characters stands by their codes. */
export function visibleName(name: string): string {
  if (/[^\p{Cf}\p{Cc}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(name)) return showControls(name)
  const codes = [...name].slice(0, 3).map((one) => (one.codePointAt(0) ?? 0).toString(16).toUpperCase())
  return codes.length === 0 ? '⟨empty⟩' : `⟨U+${codes.map((code) => code.padStart(4, '0')).join(' U+')}⟩`
}
