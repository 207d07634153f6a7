import {
  Button,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'
import { type MeasureName, measureNames, measures } from '../../charts/measures'
import { type Preset, presets, type TimeChoice, type ViewFilter } from '../../view/filter'
import styles from './overview-screen.module.css'
import { type SplitName, splitNames, splits } from './splits'

const offered = ['24h', '7d', '30d', '90d'] as const satisfies readonly Preset[]

interface OverviewHeadProps {
  filter: ViewFilter
  measure: MeasureName
  onMeasure: (measure: MeasureName) => void
  split: SplitName | null
  onSplit: (split: SplitName | null) => void
  onTime: (time: TimeChoice) => void
}

/** Which span of time is looked at, what the charts are split by, and by what the lists below are ordered. */
export function OverviewHead({ filter, measure, onMeasure, split, onSplit, onTime }: OverviewHeadProps) {
  const preset = filter.time !== null && 'preset' in filter.time ? filter.time.preset : null
  return (
    <div className={styles.head}>
      <h1>Overview</h1>
      <ToggleButtonGroup
        className={styles.choice ?? ''}
        aria-label="Span of time"
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
      <MenuTrigger>
        <Button className="button">{split === null ? 'all together' : `by ${splits[split].title}`} ▾</Button>
        <Popover className="popover">
          <Menu
            className="menu"
            aria-label="Split the charts"
            selectionMode="single"
            selectedKeys={[split ?? 'ALL']}
            onAction={(key) => onSplit(key === 'ALL' ? null : (key as SplitName))}
          >
            <MenuItem id="ALL" className="menu-item">
              all together
            </MenuItem>
            {splitNames.map((name) => (
              <MenuItem key={name} id={name} className="menu-item">
                by {splits[name].title}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
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
