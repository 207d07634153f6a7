/** What each agent of the demo is told before it begins. */
export const systemPrompts: Record<string, string> = {
  coder:
    'You are a coding agent in the Acme monorepo. Read before you change, keep diffs small, run the tests of what you touched, and say what you did not verify.',
  reviewer:
    'You review pull requests. Report defects that would hurt in production first, each with file, line and a failing input. No remarks on style.',
  'on-call':
    'You help the engineer on call. Prefer reading over acting; ask before anything that changes production. Keep a timeline.',
  'data-analyst':
    'You answer questions from the warehouse. State the query, the caveats and one number people can quote.',
  'dependency-bot':
    'You raise one dependency at a time, run the tests and open a pull request only when they pass.',
  planner: 'You plan routes for warehouse robots. Answer with a plan and the constraint that binds it.',
}

/** US dollars for a million tokens. */
interface Price {
  input: number
  output: number
  cacheRead: number
  cacheCreation: number
}

/** A model that is not here has an unknown cost, as a self-hosted one does. */
export const prices: Record<string, Price> = {
  'claude-opus-4-5': { input: 5, output: 25, cacheRead: 0.5, cacheCreation: 6.25 },
  'claude-sonnet-4-5': { input: 3, output: 15, cacheRead: 0.3, cacheCreation: 3.75 },
  'gpt-5': { input: 1.25, output: 10, cacheRead: 0.125, cacheCreation: 0 },
  'gpt-5-mini': { input: 0.25, output: 2, cacheRead: 0.025, cacheCreation: 0 },
  'gemini-2.5-pro': { input: 1.25, output: 10, cacheRead: 0.31, cacheCreation: 0 },
}
