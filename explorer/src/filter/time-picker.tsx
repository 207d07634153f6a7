import { memo, Suspense } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { part } from '../parts/part'
import { PopoverDialog } from '../parts/popover-dialog'
import type { TimeChoice } from '../view/filter'
import { timeText } from './chips'
import styles from './filter-bar.module.css'

const TimeDialog = part(() => import('./time-dialog'))

interface TimePickerProps {
  time: TimeChoice | null
  /** Stays the same function. */
  onChange: (change: { time: TimeChoice | null }) => void
}

/** When sessions began: a span up to now, or from one day until another. */
export const TimePicker = memo(function TimePicker({ time, onChange }: TimePickerProps) {
  return (
    <div className={styles.dimension} role="group" aria-label="Time">
      <DialogTrigger>
        <Button className="button">{time === null ? 'any time' : timeText(time)} ▾</Button>
        <PopoverDialog label="When sessions began" className={styles.time}>
          {(close) => (
            <Suspense>
              <TimeDialog
                time={time}
                onChoose={(time) => {
                  onChange({ time })
                  close()
                }}
              />
            </Suspense>
          )}
        </PopoverDialog>
      </DialogTrigger>
    </div>
  )
})
