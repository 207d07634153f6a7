/** A bar of the page's first table, and whether this run clears it. */
export interface Bar {
  job: string
  bar: string
  measured: string
  /** Null where this machine cannot tell. */
  holds: boolean | null
}

/** What a bench found: bars, and tables in Markdown by their place in the page. */
export interface Findings {
  bars: Bar[]
  tables: Record<string, string>
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(header),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ].join('\n')
}

export function barTable(bars: readonly Bar[]): string {
  const verdict = ({ holds }: Bar) =>
    holds === null ? 'not to be told here' : holds ? 'holds' : '**missed**'
  return table(
    ['job', 'bar', 'measured', ''],
    bars.map((bar) => [bar.job, bar.bar, bar.measured, verdict(bar)]),
  )
}

/** Three significant digits at most, with a comma at thousands. */
export function show(number: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number) || 1)))
  return Number(number.toFixed(digits)).toLocaleString('en')
}

export const showMs = (ms: number) => `${show(ms)} ms`
export const showTimes = (ratio: number) => `${show(ratio)}×`
export const showSize = (sessions: number) => sessions.toLocaleString('en')

/** The template with every `{{name}}` replaced; throws for a name that nothing was found for. */
export function fill(template: string, tables: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => {
    const text = tables[name]
    if (text === undefined) throw new Error(`The page has a place for ${name}, which no bench fills`)
    return text
  })
}
