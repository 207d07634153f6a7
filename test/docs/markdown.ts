/** A shell block of a document, and the answer that the block after it shows. */
export interface Example {
  line: number
  /** The nearest heading above. */
  heading: string
  script: string
  /** Why it is not run, from the comment above it; null for one that is. */
  notRun: string | null
  /** The next block, when nothing stands between; null without one. */
  answer: { language: string; text: string } | null
}

/** A block of a document in whatever language. */
export interface CodeBlock {
  line: number
  heading: string
  language: string
  text: string
}

/** Every block of a document, in order. */
export function readCodeBlocks(markdown: string): CodeBlock[] {
  const lines = markdown.split('\n')
  return readBlocks(lines).map(({ line, language, text }) => ({
    ...{ line: line + 1, language, text },
    heading: headingAbove(lines.slice(0, line)),
  }))
}

interface Block {
  line: number
  end: number
  language: string
  text: string
}

/** Every `sh` block of a document, in order. */
export function readExamples(markdown: string): Example[] {
  const lines = markdown.split('\n')
  const blocks = readBlocks(lines)
  return blocks.flatMap((block, index) => {
    if (block.language !== 'sh') return []
    const above = lines.slice(0, block.line).map((line) => line.trim())
    const next = blocks[index + 1]
    const isBelow = next !== undefined && lines.slice(block.end + 1, next.line).every((line) => line === '')
    return {
      line: block.line + 1,
      heading: headingAbove(above),
      script: block.text,
      notRun: /^<!-- not run: (.+) -->$/.exec(above.findLast((line) => line !== '') ?? '')?.[1] ?? null,
      answer: isBelow && next.language !== 'sh' ? next : null,
    }
  })
}

function headingAbove(lines: readonly string[]): string {
  return lines.findLast((line) => /^#+ /.test(line))?.replace(/^#+ /, '') ?? ''
}

function readBlocks(lines: readonly string[]): Block[] {
  const fences = lines.flatMap((line, index) => (line.startsWith('```') ? [index] : []))
  return fences.flatMap((line, index) => {
    const end = fences[index + 1]
    if (index % 2 === 1 || end === undefined) return []
    const text = lines.slice(line + 1, end).join('\n')
    return { line, end, language: (lines[line] ?? '').slice(3).trim(), text }
  })
}

/** The rows of every table whose first column has this title, without code marks; cells by column. */
export function readTables(markdown: string, firstColumn: string): string[][] {
  const rows: string[][] = []
  let inside = false
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) inside = false
    else if (cellsOf(line)[0] === firstColumn) inside = true
    else if (inside && !/^\|[\s|-]+\|$/.test(line)) rows.push(cellsOf(line))
  }
  return rows
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, row.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.replaceAll('`', '').trim())
}

/** Targets of the links and images of a document, outside its blocks. */
export function readLinks(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string)
}

/** The anchors that a document's headings make. */
export function readAnchors(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
