/** The screens of a workspace in the order of the bar: the name in addresses, the title, the keys that lead there. */
export const screenTitles = {
  overview: { title: 'Overview', key: 'g o' },
  sessions: { title: 'Sessions', key: 'g s' },
  groups: { title: 'Groups', key: 'g g' },
  keys: { title: 'Keys', key: 'g k' },
} as const
export type ScreenName = keyof typeof screenTitles
export const screenNames = Object.keys(screenTitles) as ScreenName[]
