import { patientWorker } from '../../parts/patient-worker'

/** A piece of code in one colour. */
export interface Token {
  content: string
  offset: number
  style: Record<string, string> | undefined
}

export interface HighlightQuestion {
  text: string
  language: string
}

/** Code that takes longer stays plain: a grammar may need minutes for what was made for that. */
const PATIENCE_MS = 3000

/** Tokens of code by lines, in the colours of both themes; null for a language without a grammar, and where they take too long. */
export const highlight = patientWorker<HighlightQuestion, Token[][]>(
  () => new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' }),
  PATIENCE_MS,
)
