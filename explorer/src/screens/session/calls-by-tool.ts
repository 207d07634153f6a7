import type { OutlineRow } from './use-outline'

interface ToolCalls {
  name: string
  calls: number
  failed: number
}

/** How often each tool of a transcript was called, and how often that failed; what fails most comes first. */
export function callsByTool(rows: readonly OutlineRow[]): ToolCalls[] {
  const failed = new Set(rows.flatMap(({ toolCallId, isError }) => (isError === true ? [toolCallId] : [])))
  const byName = new Map<string, ToolCalls>()
  for (const { callId, name } of rows.flatMap((row) => row.calls)) {
    const sum = byName.get(name) ?? { name, calls: 0, failed: 0 }
    byName.set(name, {
      name,
      calls: sum.calls + 1,
      failed: sum.failed + (failed.has(callId) ? 1 : 0),
    })
  }
  return [...byName.values()].sort((a, b) => b.failed - a.failed || b.calls - a.calls)
}
