import { type PointerEvent, useState } from 'react'
import { type BucketSize, bucketText, type TimeSpan } from './time-span'
import styles from './timeline-chart.module.css'

interface BrushProps {
  what: string
  /** Where buckets begin, and where the last one ends. */
  edges: readonly number[]
  size: BucketSize
  width: number
  height: number
  xOf: (moment: number) => number
  momentAt: (x: number) => number
  /** The moment under the pointer; null when it left. */
  onPoint: (moment: number | null) => void
  onNarrow: (span: TimeSpan) => void
}

/** Marks whole buckets of a chart: by dragging over them, or by two sliders and Enter. */
export function Brush(props: BrushProps) {
  const { what, edges, size, width, height, xOf, momentAt, onPoint, onNarrow } = props
  // Numbers of edges; where a drag began, and where it is.
  const [drag, setDrag] = useState<readonly [number, number] | null>(null)
  const [range, setRange] = useState<readonly [number, number] | null>(null)
  const last = edges.length - 1
  if (last < 1) return null
  const placeOf = ({ currentTarget, clientX }: PointerEvent) =>
    clientX - currentTarget.getBoundingClientRect().left
  const bucketAt = (event: PointerEvent) => {
    const moment = momentAt(placeOf(event))
    const found = edges.findLastIndex((edge) => edge <= moment)
    return Math.min(Math.max(found, 0), last - 1)
  }
  const marked = drag !== null ? ([Math.min(...drag), Math.max(...drag) + 1] as const) : range
  const [from, to] = marked ?? [0, last]
  const narrow = ([first, end]: readonly [number, number]) => {
    setDrag(null)
    setRange(null)
    if (first < end) onNarrow([edges[first] as number, edges[end] as number])
  }
  const left = Math.max(0, xOf(edges[from] as number))
  const right = Math.min(width, xOf(edges[to] as number))
  const slider = (name: 'From' | 'Until', value: number, onChange: (value: number) => void) => (
    <input
      type="range"
      className={styles.slider}
      aria-label={`${name}, ${what.toLowerCase()}`}
      aria-valuetext={bucketText(edges[name === 'From' ? value : value - 1] as number, size)}
      min={name === 'From' ? 0 : 1}
      max={name === 'From' ? last - 1 : last}
      value={value}
      onChange={({ target }) => onChange(Number(target.value))}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && range !== null) narrow(range)
        if (key === 'Escape') setRange(null)
      }}
    />
  )
  return (
    <>
      <div
        className={styles.brush}
        style={{ height }}
        title="Drag to narrow"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = bucketAt(event)
          setDrag([at, at])
        }}
        onPointerMove={(event) => {
          onPoint(momentAt(placeOf(event)))
          if (drag !== null) setDrag([drag[0], bucketAt(event)])
        }}
        onPointerUp={() => marked !== null && drag !== null && narrow(marked)}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => onPoint(null)}
      >
        {marked !== null && (
          <div className={styles.marked} style={{ left, width: Math.max(1, right - left) }} />
        )}
      </div>
      <div
        className={styles.sliders}
        role="group"
        aria-label={`Narrow ${what.toLowerCase()} over time, by Enter`}
      >
        {slider('From', from, (value) => setRange([value, Math.max(to, value + 1)]))}
        {slider('Until', to, (value) => setRange([Math.min(from, value - 1), value]))}
      </div>
    </>
  )
}
