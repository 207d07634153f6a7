import { Menu, MenuItem } from 'react-aria-components'
import { type Preset, presetNames, presets, type TimeChoice } from '../view/filter'

/** Spans up to now. */
export default function TimeMenu({ onChange }: { onChange: (change: { time: TimeChoice | null }) => void }) {
  return (
    <Menu
      className="menu"
      aria-label="Began in"
      onAction={(key) => onChange({ time: key === 'any' ? null : { preset: key as Preset } })}
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
  )
}
