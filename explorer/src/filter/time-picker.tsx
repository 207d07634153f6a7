import { lazy, memo, Suspense } from 'react'
import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { presets, type TimeChoice } from '../view/filter'
import styles from './filter-bar.module.css'

const TimeMenu = lazy(() => import('./time-menu'))

interface TimePickerProps {
  time: TimeChoice | null
  /** Stays the same function. */
  onChange: (change: { time: TimeChoice | null }) => void
}

/** When sessions began: a span up to now, or two days. */
export const TimePicker = memo(function TimePicker({ time, onChange }: TimePickerProps) {
  const range = time !== null && !('preset' in time) ? time : null
  const title = time === null ? 'any time' : 'preset' in time ? presets[time.preset].title : 'from – to'
  const set = (change: { from?: string; to?: string }) => {
    const { from, to } = { from: range?.from ?? null, to: range?.to ?? null, ...change }
    onChange({ time: from === null && to === null ? null : { from: from || null, to: to || null } })
  }
  return (
    <div className={styles.dimension} role="group" aria-label="Time">
      <MenuTrigger>
        <Button className="button">{title} ▾</Button>
        <Popover className="popover">
          <Suspense>
            <TimeMenu onChange={onChange} />
          </Suspense>
        </Popover>
      </MenuTrigger>
      <div className={styles.pair}>
        <input
          type="date"
          className="field"
          aria-label="From this day"
          value={dayOf(range?.from ?? null)}
          onChange={({ target }) => set({ from: startOf(target.value) })}
        />
        <input
          type="date"
          className="field"
          aria-label="Until this day"
          value={dayOf(range?.to == null ? null : new Date(Date.parse(range.to) - 1).toISOString())}
          onChange={({ target }) => set({ to: startOf(target.value, 1) })}
        />
      </div>
    </div>
  )
})

/** The day of a moment in the viewer's zone, as fields of dates take it. */
function dayOf(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** When a day begins in the viewer's zone, or the one some days after; the empty text for no day. */
function startOf(day: string, after = 0): string {
  if (day === '') return ''
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + after).toISOString()
}
