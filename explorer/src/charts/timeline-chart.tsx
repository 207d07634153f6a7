import { scaleLinear, scaleTime } from 'd3-scale'
import { memo, useCallback, useState } from 'react'
import { Brush } from './brush'
import { type MeasureName, measures, type Sums } from './measures'
import { placeLines, placeTicks, tickText } from './ticks'
import { type BucketSize, bucketText, endOf, type TimeSpan } from './time-span'
import styles from './timeline-chart.module.css'

export interface Bucket extends Sums {
  /** Milliseconds. */
  start: number
  /** What it is made of; absent where it stands as one. */
  shares?: readonly Sums[]
}

interface TimelineChartProps {
  buckets: readonly Bucket[]
  size: BucketSize
  span: TimeSpan
  measure: MeasureName
  height: number
  /** What the shares of each bucket are called. */
  names?: readonly string[]
  /** A span that was marked in it. */
  onNarrow: (span: TimeSpan) => void
}

const AXIS = 18
/** Where there is room for it, the number of the highest line stands above the bars. */
const HEAD = 14
const TICK_WIDTH = 80
const MOST_TICKS = 14

/** One measure of sessions over time, a bar each bucket; a marked span narrows to it. */
export const TimelineChart = memo(function TimelineChart(props: TimelineChartProps) {
  const { buckets, size, span, measure, height, names, onNarrow } = props
  const [box, width] = useWidth()
  const [pointed, setPointed] = useState<Bucket | null>(null)
  const { read, title, tick, whole } = measures[measure]
  const plot = height - AXIS
  const x = scaleTime().domain(span).range([0, width])
  const most = Math.max(...buckets.map(read), 0)
  const y = scaleLinear()
    .domain([0, most || 1])
    .range([plot, plot > 80 ? HEAD : 4])
  const isWhole = measure !== 'cost'
  const lines =
    most === 0 ? [] : y.ticks(2).filter((value) => value > 0 && (!isWhole || Number.isInteger(value)))
  const marked = placeLines(lines, y)
  const place = ({ start }: Bucket) => {
    const left = Math.max(0, x(start))
    const right = Math.min(width, x(endOf(start, size)))
    const gap = right - left > 4 ? 1 : 0
    return { x: left, width: Math.max(1, right - left - gap) }
  }
  const moments = x.ticks(Math.min(MOST_TICKS, Math.max(2, Math.floor(width / TICK_WIDTH))))
  const textOf = tickText(moments)
  const ticks = moments.map((at) => ({ text: textOf(at), middle: x(at) }))
  const told = ({ shares = [] }: Bucket) =>
    shares.flatMap((share, part) => (read(share) > 0 ? `${names?.[part]} ${whole(share)}` : []))
  const dearest = buckets.find((bucket) => read(bucket) === most)
  const summary = `${title} over time${dearest === undefined ? '' : `, at most ${whole(dearest)} in ${bucketText(dearest.start, size)}`}`
  return (
    <div ref={box} className={styles.chart}>
      <p className={styles.readout} aria-hidden="true">
        {pointed !== null && [bucketText(pointed.start, size), whole(pointed), ...told(pointed)].join(' · ')}
      </p>
      <svg width={width} height={height} role="img" aria-label={summary}>
        {marked.map(({ value }) => (
          <line key={value} className={styles.line} x1={0} x2={width} y1={y(value)} y2={y(value)} />
        ))}
        {buckets.map((bucket) => {
          let below = 0
          return (bucket.shares ?? [bucket]).map((share, part) => {
            const value = read(share)
            if (value <= 0) return null
            const bottom = y(below)
            below += value
            const height = Math.max(1, bottom - y(below))
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: shares stand in one order.
                key={`${bucket.start} ${part}`}
                className={bucket === pointed ? styles.pointed : styles.bar}
                data-part={names && (part < names.length - 1 ? part : 'others')}
                {...place(bucket)}
                y={Math.min(bottom - height, plot - 1)}
                height={height}
              />
            )
          })
        })}
        {marked.map(({ value, baseline }) => (
          <text key={value} className={styles.tick} x={2} y={baseline}>
            {tick(value)}
          </text>
        ))}
        <line className={styles.ground} x1={0} x2={width} y1={plot} y2={plot} />
        {placeTicks(ticks, width).map(({ text, left }) => (
          <text key={left} className={styles.tick} x={left} y={height - 4}>
            {text}
          </text>
        ))}
      </svg>
      <Brush
        what={title}
        edges={[
          ...buckets.map(({ start }) => start),
          ...buckets.slice(-1).map(({ start }) => endOf(start, size)),
        ]}
        size={size}
        width={width}
        height={plot}
        xOf={(moment) => x(moment)}
        momentAt={(place) => x.invert(place).getTime()}
        onPoint={(moment) =>
          setPointed(
            moment === null
              ? null
              : (buckets.findLast((bucket) => bucket.start <= moment && moment < endOf(bucket.start, size)) ??
                  null),
          )
        }
        onNarrow={onNarrow}
      />
    </div>
  )
})

/** The width of an element, as it changes; 0 before it is laid out. */
function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(0)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
