/** The screens of a workspace in the order of the bar: the name in addresses, the title, the keys that lead there. */
export const screenTitles = {
  overview: { title: 'Overview', key: 'g o' },
  sessions: { title: 'Sessions', key: 'g s' },
  groups: { title: 'Groups', key: 'g g' },
  members: { title: 'Members', key: 'g m' },
  projects: { title: 'Projects', key: 'g p' },
  workspaces: { title: 'Workspaces', key: 'g w' },
  organizations: { title: 'Organizations', key: 'g r' },
  keys: { title: 'Keys', key: 'g k' },
  audit: { title: 'Audit', key: 'g a' },
} as const
export type ScreenName = keyof typeof screenTitles
const screenNames = Object.keys(screenTitles) as ScreenName[]

/** Those that are about who works with sessions; the bar has one place for all of them. */
const teamScreens: readonly ScreenName[] = [
  'members',
  'projects',
  'workspaces',
  'organizations',
  'keys',
  'audit',
]

/** Whether a screen is about people and keys rather than sessions. */
export const isOfTeam = (screen: string): boolean => (teamScreens as readonly string[]).includes(screen)

/** What the viewer may do in a workspace, as far as screens depend on it. */
export interface ScreenRights {
  readonly mayListKeys: boolean
  readonly mayReadAudit: boolean
  readonly mayListOrganizations: boolean
}

export const noRights: ScreenRights = { mayListKeys: false, mayReadAudit: false, mayListOrganizations: false }

/** The screens that show the viewer anything. */
export function offeredScreens({
  mayListKeys,
  mayReadAudit,
  mayListOrganizations,
}: ScreenRights): ScreenName[] {
  const denied = {
    keys: !mayListKeys,
    audit: !mayReadAudit,
    organizations: !mayListOrganizations,
  } as Partial<Record<ScreenName, boolean>>
  return screenNames.filter((screen) => denied[screen] !== true)
}
