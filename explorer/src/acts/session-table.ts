/** What a table of sessions tells of each. */
export interface TableRow {
  uuid: string
  title?: string | null
  previewText?: string | null
  agent?: string | null
  model?: string | null
  createdBy?: { login: string } | null
  project?: { name: string } | null
  labels: readonly { key: string; values: readonly string[] }[]
  messageCount: number
  failedCallCount: number
  durationMs?: number | null
  usage: { totalTokens: number; totalCostUsd?: number | null }
  annotationScores: readonly { name: string; mean: number }[]
  createdAt: string
  lastMessageAt?: string | null
}

type Cell = string | number | null | undefined

const columns: readonly (readonly [title: string, read: (row: TableRow) => Cell])[] = [
  ['id', ({ uuid }) => uuid],
  ['title', ({ title }) => title],
  ['first words', ({ previewText }) => previewText],
  ['agent', ({ agent }) => agent],
  ['model', ({ model }) => model],
  ['owner', ({ createdBy }) => createdBy?.login],
  ['project', ({ project }) => project?.name],
  [
    'labels',
    ({ labels }) => labels.flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)).join('; '),
  ],
  ['messages', ({ messageCount }) => messageCount],
  ['tokens', ({ usage }) => usage.totalTokens],
  ['cost in USD', ({ usage }) => usage.totalCostUsd],
  ['failed calls', ({ failedCallCount }) => failedCallCount],
  ['length in ms', ({ durationMs }) => durationMs],
  ['began', ({ createdAt }) => createdAt],
  ['last message', ({ lastMessageAt }) => lastMessageAt],
]

/** Sessions as comma-separated values (RFC 4180), with a column for the scores under each name. */
export function toCsv(rows: readonly TableRow[]): string {
  const names = [
    ...new Set(rows.flatMap(({ annotationScores }) => annotationScores.map(({ name }) => name))),
  ].sort()
  const scores = names.map(
    (name) =>
      [
        `score ${name}`,
        (row: TableRow) => row.annotationScores.find((score) => score.name === name)?.mean,
      ] as const,
  )
  const all = [...columns, ...scores]
  const lines = [all.map(([title]) => title), ...rows.map((row) => all.map(([, read]) => read(row)))]
  return lines.map((cells) => `${cells.map(field).join(',')}\r\n`).join('')
}

/** Texts come from transcripts: none may begin a formula where a table is opened. */
function field(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^\s*[=+\-@]/.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
