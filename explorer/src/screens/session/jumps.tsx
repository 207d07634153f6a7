import { Button } from 'react-aria-components'
import { exact } from '../../format'
import { useShortcuts } from '../../frame/shortcuts'
import styles from './transcript.module.css'

/** Places of one kind in a transcript, as indices of its rows in ascending order. */
export interface Jump {
  /** One of them, and many. */
  names: readonly [one: string, many: string]
  places: readonly number[]
  /** The keys of the keyboard that go back and on. */
  keys: readonly [previous: string, next: string]
}

interface JumpsProps {
  jumps: readonly Jump[]
  /** The row that one is at, or the first that is seen. */
  at: number
  /** Whether one is at it already, so that going on leads past it. */
  isAt: boolean
  onGo: (index: number) => void
}

/** Leads from turn to turn and from failure to failure, by buttons or by keys. */
export function Jumps({ jumps, at, isAt, onGo }: JumpsProps) {
  const previous = ({ places }: Jump) => places.findLast((place) => place < at)
  const next = ({ places }: Jump) => places.find((place) => (isAt ? place > at : place >= at))
  const go = (place: number | undefined) => place !== undefined && onGo(place)
  useShortcuts(
    Object.fromEntries(
      jumps.flatMap((jump) => [
        [jump.keys[0], () => go(previous(jump))],
        [jump.keys[1], () => go(next(jump))],
      ]),
    ),
  )
  return jumps.map((jump) => {
    const { names, places, keys } = jump
    if (places.length === 0) return null
    return (
      <span key={names[0]} className={styles.jump} role="group" aria-label={names[1]}>
        <Button
          className="button plain"
          aria-label={`Previous ${names[0]}`}
          isDisabled={previous(jump) === undefined}
          onPress={() => go(previous(jump))}
        >
          ↑
        </Button>
        <span title={`${keys[0]} and ${keys[1]} on the keyboard`}>
          {exact(places.length)} {places.length === 1 ? names[0] : names[1]}
        </span>
        <Button
          className="button plain"
          aria-label={`Next ${names[0]}`}
          isDisabled={next(jump) === undefined}
          onPress={() => go(next(jump))}
        >
          ↓
        </Button>
      </span>
    )
  })
}
