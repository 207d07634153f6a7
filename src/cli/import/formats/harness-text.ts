/** Elements that harnesses write around what a person typed, or send in a person's name. */
const elements = [
  'system-reminder',
  'system_reminder',
  'system-notification',
  'local-command-caveat',
  'local-command-stdout',
  'local-command-stderr',
  'bash-stdout',
  'bash-stderr',
  'task-notification',
  'teammate-message',
  'ide_opened_file',
  'ide_selection',
  'ide_diagnostics',
  'ide_context',
  'user-prompt-submit-hook',
  'user-memory-input',
  'environment_context',
  'environment_details',
  'user_instructions',
  'permissions instructions',
  'collaboration_mode',
  'apps_instructions',
  'skills_instructions',
  'plugins_instructions',
  'INSTRUCTIONS',
  'skill',
  'turn_aborted',
  'subagent_notification',
  'user_shell_command',
  'current_datetime',
  'session_context',
  'reminder',
  'reminders',
]
const leading = new RegExp(`^\\s*<(${elements.join('|')})(?:\\s[^>]*)?>[\\s\\S]*?</\\1>\\s*`)

/** Beginnings of texts that no person typed. */
const beginnings =
  /^\s*(?:Caveat: The messages below were generated|This session is being continued from a previous conversation|\[Request interrupted|Stop hook feedback:|# AGENTS\.md instructions|This is the Gemini CLI\. We are setting up the context|Base directory for this skill:)/

/** What stands before a person's own words in a prompt that an editor put together. */
const editorBeginning = '# Context from my IDE setup:'
const editorEnd = /^## My request[^\r\n\u2028\u2029]*:[^\S\r\n\u2028\u2029]*$/m

/** What a person typed, and what the harness put around it; one of them may be empty. */
export function splitHarnessText(text: string): { typed: string; wrapped: string } {
  const editor = text.trimStart().startsWith(editorBeginning) ? editorEnd.exec(text) : null
  if (editor !== null) {
    const end = editor.index + editor[0].length
    return { typed: text.slice(end).trim(), wrapped: text.slice(0, end).trim() }
  }
  if (beginnings.test(text)) return { typed: '', wrapped: text }
  if (!text.includes('</')) return { typed: text, wrapped: '' }
  const wrapped: string[] = []
  let typed = text
  for (let found = leading.exec(typed); found !== null; found = leading.exec(typed)) {
    wrapped.push(found[0].trim())
    typed = typed.slice(found[0].length)
  }
  for (let start = lastElement(typed); start !== null; start = lastElement(typed)) {
    wrapped.push(typed.slice(start).trim())
    typed = typed.slice(0, start).trimEnd()
  }
  if (typed.trim() === '' || beginnings.test(typed)) return { typed: '', wrapped: text }
  if (wrapped.length === 0) return { typed: text, wrapped: '' }
  return { typed, wrapped: wrapped.join('\n') }
}

/** Where the element begins that a text ends with; null for none. A person's text may be long, so no place of it is tried twice. */
function lastElement(text: string): number | null {
  const trimmed = text.trimEnd()
  const close = trimmed.lastIndexOf('</')
  const name = trimmed.slice(close + 2, -1)
  if (close === -1 || !trimmed.endsWith('>') || !elements.includes(name)) return null
  const before = close === 0 ? -1 : trimmed.lastIndexOf(`</${name}>`, close - 1)
  const open = `<${name}`
  for (let start = trimmed.indexOf(open, Math.max(before, 0)); start !== -1 && start < close; ) {
    const after = trimmed[start + open.length] ?? ''
    if (after === '>') return start
    if (/\s/.test(after)) return trimmed.lastIndexOf('>', close) > start ? start : null
    start = trimmed.indexOf(open, start + 1)
  }
  return null
}
