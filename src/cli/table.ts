import { plain } from './terminal-text.js'

/** Rows in aligned columns, two spaces apart; what cells hold stays in its line. */
export function formatTable(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(plain))
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}
