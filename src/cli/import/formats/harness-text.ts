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
].join('|')
const leading = new RegExp(`^\\s*<(${elements})(?:\\s[^>]*)?>[\\s\\S]*?</\\1>\\s*`)
const trailing = new RegExp(`\\s*<(${elements})(?:\\s[^>]*)?>(?:(?!</\\1>)[\\s\\S])*</\\1>\\s*$`)

/** Beginnings of texts that no person typed. */
const beginnings =
  /^\s*(?:Caveat: The messages below were generated|This session is being continued from a previous conversation|\[Request interrupted|Stop hook feedback:|# AGENTS\.md instructions|This is the Gemini CLI\. We are setting up the context|Base directory for this skill:)/

/** What stands before a person's own words in a prompt that an editor put together. */
const editorPrompt = /^\s*# Context from my IDE setup:[\s\S]*?^## My request[^\n]*:\s*$/m

/** What a person typed, and what the harness put around it; one of them may be empty. */
export function splitHarnessText(text: string): { typed: string; wrapped: string } {
  const editor = editorPrompt.exec(text)
  if (editor !== null && editor.index === 0)
    return { typed: text.slice(editor[0].length).trim(), wrapped: editor[0].trim() }
  if (beginnings.test(text)) return { typed: '', wrapped: text }
  if (!text.includes('</')) return { typed: text, wrapped: '' }
  const wrapped: string[] = []
  let typed = text
  for (const pattern of [leading, trailing])
    for (let found = pattern.exec(typed); found !== null; found = pattern.exec(typed)) {
      wrapped.push(found[0].trim())
      typed = pattern === leading ? typed.slice(found[0].length) : typed.slice(0, found.index)
    }
  if (wrapped.length === 0) return { typed: text, wrapped: '' }
  if (typed.trim() === '' || beginnings.test(typed)) return { typed: '', wrapped: text }
  return { typed, wrapped: wrapped.join('\n') }
}
