import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { compact } from '../../format'
import { showControls } from '../../parts/show-controls'
import styles from './transcript.module.css'

/** Beyond them a picture is drawn only when asked for: few bytes may unpack to more than a page can hold. */
const MAX_CHARACTERS = 4_000_000
const MAX_PIXELS = 24_000_000
const MAX_PICTURES = 50

/** The pictures of a message, small until asked for. Those of other servers are named, and not loaded. */
export function Pictures({ metadata }: { metadata: Record<string, unknown> }) {
  const { content } = metadata
  const addresses = useMemo(() => addressesOf(content), [content])
  if (addresses.length === 0) return null
  return (
    <div className={styles.pictures}>
      {addresses.slice(0, MAX_PICTURES).map((address, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pictures of one message do not move.
        <Picture key={index} address={address} number={index + 1} />
      ))}
      {addresses.length > MAX_PICTURES && (
        <span className="muted">
          and {addresses.length - MAX_PICTURES} more pictures, which an export has
        </span>
      )}
    </div>
  )
}

function Picture({ address, number }: { address: string; number: number }) {
  const [, kind, base64] = /^data:(image\/(?:png|jpeg|gif|webp));base64,(.*)$/s.exec(address) ?? []
  const isModest = useMemo(() => {
    if (base64 === undefined || base64.length > MAX_CHARACTERS) return false
    const pixels = pixelsOf(base64)
    return pixels !== null && pixels <= MAX_PIXELS
  }, [base64])
  const [isAsked, setIsAsked] = useState(false)
  if (base64 === undefined)
    return (
      <span className="muted">
        [picture {number}: {showControls(address.slice(0, 200))}]
      </span>
    )
  const name = `Picture ${number} of this message`
  return (
    <Button
      className={`button plain ${styles.picture}`}
      data-large={isAsked}
      aria-label={`${name}, ${isAsked ? 'smaller' : 'larger'}`}
      onPress={() => setIsAsked(!isAsked)}
    >
      {isAsked || isModest ? (
        <img src={address} alt={name} loading="lazy" decoding="async" />
      ) : (
        `▸ picture ${number}, ${kind}, ${compact((base64.length * 3) / 4)} bytes`
      )}
    </Button>
  )
}

/** Where pictures are: in parts as APIs have them, alone or as imports keep them, beside their place. */
function addressesOf(content: unknown): string[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((kept) => {
    const { image_url: image } = Object(kept?.part ?? kept) as { image_url?: string | { url?: unknown } }
    const address = typeof image === 'string' ? image : image?.url
    return typeof address === 'string' ? [address] : []
  })
}

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
