/** Enough of a file to hold what it says of its size. */
const HEAD_BYTES = 65_536

/** How many pixels a picture of base64 says it has, which its few bytes do not tell; null where that cannot be read. */
export function pixelsOf(base64: string): number | null {
  const bytes = decode(base64.slice(0, Math.ceil(HEAD_BYTES / 3) * 4))
  if (bytes === null || bytes.length < 30) return null
  const at = new DataView(bytes.buffer)
  const begins = (text: string, from = 0) =>
    [...text].every((letter, index) => bytes[from + index] === letter.charCodeAt(0))
  if (begins('\x89PNG')) return at.getUint32(16) * at.getUint32(20)
  if (begins('GIF8')) return at.getUint16(6, true) * at.getUint16(8, true)
  if (begins('VP8X', 12)) return (1 + three(bytes, 24)) * (1 + three(bytes, 27))
  return begins('\xff\xd8') ? pixelsOfJpeg(at) : null
}

const three = (bytes: Uint8Array, from: number) =>
  (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8) | ((bytes[from + 2] ?? 0) << 16)

/** A JPEG tells its size in the first segment that begins a frame. */
function pixelsOfJpeg(at: DataView): number | null {
  for (let place = 2; place + 9 < at.byteLength; place += 2 + at.getUint16(place + 2)) {
    const marker = at.getUint8(place + 1)
    if (at.getUint8(place) !== 0xff) return null
    // All of this range, but for tables and what JPEG keeps for later.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return at.getUint16(place + 5) * at.getUint16(place + 7)
  }
  return null
}

function decode(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
