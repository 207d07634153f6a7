import { type DateValue, fromAbsolute, toCalendarDate } from '@internationalized/date'
import { type FormEvent, useState } from 'react'
import {
  Button,
  CalendarCell,
  CalendarGrid,
  DateField,
  DateInput,
  DateSegment,
  Heading,
  Label,
  Menu,
  MenuItem,
  RangeCalendar,
} from 'react-aria-components'
import { timeZone } from '../charts/time-span'
import { type Preset, presetNames, presets, type TimeChoice } from '../view/filter'
import styles from './time-dialog.module.css'

interface TimeDialogProps {
  time: TimeChoice | null
  onChoose: (time: TimeChoice | null) => void
}

/** Spans up to now, and days: typed, either of them alone too, or marked in a calendar. */
export default function TimeDialog({ time, onChoose }: TimeDialogProps) {
  const range = time === null || 'preset' in time ? { from: null, to: null } : time
  const [from, setFrom] = useState(range.from === null ? null : dayOf(Date.parse(range.from)))
  // It ends where the next day begins.
  const [until, setUntil] = useState(range.to === null ? null : dayOf(Date.parse(range.to) - 1))
  const choose = (first: DateValue | null, last: DateValue | null) =>
    onChoose(
      first === null && last === null
        ? null
        : { from: first && startOf(first), to: last && startOf(last.add({ days: 1 })) },
    )
  const isBackwards = from !== null && until !== null && until.compare(from) < 0
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!isBackwards) choose(from, until)
  }
  return (
    <>
      <Menu
        className="menu"
        aria-label="Began in"
        selectionMode="single"
        selectedKeys={time === null ? ['any'] : 'preset' in time ? [time.preset] : []}
        onAction={(key) => onChoose(key === 'any' ? null : { preset: key as Preset })}
      >
        <MenuItem id="any" className="menu-item">
          any time
        </MenuItem>
        {presetNames.map((name) => (
          <MenuItem key={name} id={name} className="menu-item">
            {presets[name].title}
          </MenuItem>
        ))}
      </Menu>
      <form className={styles.days} onSubmit={submit}>
        <DayField title="From" day={from} onChange={setFrom} onEnter={submit} />
        <DayField title="Until" day={until} onChange={setUntil} onEnter={submit} />
        <Button type="submit" className={`button ${styles.whole}`} isDisabled={isBackwards}>
          Show these days
        </Button>
        <RangeCalendar
          aria-label="Days"
          className={styles.whole ?? ''}
          value={from && until && !isBackwards ? { start: from, end: until } : null}
          maxValue={dayOf(Date.now())}
          onChange={({ start, end }) => choose(start, end)}
        >
          <header className={styles.month}>
            <Button slot="previous" className="button plain">
              ‹
            </Button>
            <Heading className={styles.name ?? ''} />
            <Button slot="next" className="button plain">
              ›
            </Button>
          </header>
          <CalendarGrid>{(date) => <CalendarCell date={date} className={styles.day ?? ''} />}</CalendarGrid>
        </RangeCalendar>
      </form>
    </>
  )
}

interface DayFieldProps {
  title: string
  day: DateValue | null
  onChange: (day: DateValue | null) => void
  onEnter: () => void
}

function DayField({ title, day, onChange, onEnter }: DayFieldProps) {
  return (
    <DateField
      className={styles.field ?? ''}
      value={day}
      onChange={onChange}
      // Its parts are no inputs, by which a form would be sent.
      onKeyDown={({ key }) => key === 'Enter' && onEnter()}
    >
      <Label>{title}</Label>
      <DateInput className={`field ${styles.input}`}>
        {(segment) => <DateSegment segment={segment} className={styles.segment ?? ''} />}
      </DateInput>
    </DateField>
  )
}

/** The day of a moment in the viewer's zone. */
const dayOf = (moment: number): DateValue => toCalendarDate(fromAbsolute(moment, timeZone))

/** When a day begins in the viewer's zone. */
const startOf = (day: DateValue): string => day.toDate(timeZone).toISOString()
