import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { compact } from '../../format'
import { showControls } from '../../parts/show-controls'
import { pixelsOf } from './picture-size'
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
