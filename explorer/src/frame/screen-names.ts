/** The screens of a workspace in the order of the bar: the name in addresses, the title, the keys that lead there. */
export const screenTitles = {
  overview: { title: 'Overview', key: 'g o' },
  sessions: { title: 'Sessions', key: 'g s' },
  groups: { title: 'Groups', key: 'g g' },
  members: { title: 'Members', key: 'g m' },
  workspaces: { title: 'Workspaces', key: 'g w' },
  keys: { title: 'Keys', key: 'g k' },
  audit: { title: 'Audit', key: 'g a' },
} as const
export type ScreenName = keyof typeof screenTitles
const screenNames = Object.keys(screenTitles) as ScreenName[]

/** Those that are about who works with sessions; the bar has one place for all of them. */
const teamScreens: readonly ScreenName[] = ['members', 'workspaces', 'keys', 'audit']

export const isOfTeam = (screen: string): boolean => (teamScreens as readonly string[]).includes(screen)

/** What the viewer may do in a workspace, as far as screens depend on it. */
export interface ScreenRights {
  readonly mayListKeys: boolean
  readonly mayReadAudit: boolean
}

/** The screens that show the viewer anything. */
export function offeredScreens({ mayListKeys, mayReadAudit }: ScreenRights): ScreenName[] {
  const denied = { keys: !mayListKeys, audit: !mayReadAudit } as Partial<Record<ScreenName, boolean>>
  return screenNames.filter((screen) => denied[screen] !== true)
}
