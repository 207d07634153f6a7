export interface SolitaryRow {
  id: string
  seq: number
  role: 'USER' | 'ASSISTANT'
  text: string
  isSummary: boolean
  isCompacted: boolean
  /** When it was said, where the client told. */
  saidAt: string | null
}

/** What one session holds to which one client alone writes, so that each step has one right result. */
export interface Solitary {
  id: string
  key: string
  createdAt: string
  rows: SolitaryRow[]
  /** Numbers of the keys whose users pinned it. */
  pinned: number[]
  projectId: string | null
  isInTurn: boolean
  /** How many acts of each kind had an effect. */
  acts: { [act: string]: number }
}
