import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type MeasureName, measureNames, measures } from '../../charts/measures'
import { type Preset, presets, type TimeChoice, type ViewFilter } from '../../view/filter'
import styles from './overview-screen.module.css'

const offered = ['24h', '7d', '30d', '90d'] as const satisfies readonly Preset[]

interface OverviewHeadProps {
  filter: ViewFilter
  measure: MeasureName
  onMeasure: (measure: MeasureName) => void
  onTime: (time: TimeChoice) => void
}

/** Which span of time is looked at, and by what the lists below are ordered. */
export function OverviewHead({ filter, measure, onMeasure, onTime }: OverviewHeadProps) {
  const preset = filter.time !== null && 'preset' in filter.time ? filter.time.preset : null
  return (
    <div className={styles.head}>
      <h1>Overview</h1>
      <ToggleButtonGroup
        className={styles.choice ?? ''}
        aria-label="TimeSpan of time"
        selectionMode="single"
        selectedKeys={preset === null ? [] : [preset]}
        onSelectionChange={(keys) => {
          const [key] = keys
          onTime({ preset: (key ?? preset ?? '30d') as Preset })
        }}
      >
        {offered.map((name) => (
          <ToggleButton key={name} id={name} className="button" aria-label={presets[name].title}>
            {name.replace(/(\d)([hd])/, '$1 $2')}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span className={styles.gap} />
      <ToggleButtonGroup
        className={styles.choice ?? ''}
        aria-label="Lists by"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[measure]}
        onSelectionChange={(keys) => onMeasure([...keys][0] as MeasureName)}
      >
        {measureNames.map((name) => (
          <ToggleButton key={name} id={name} className="button">
            {measures[name].title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
