import type { TranscriptContextInput } from '../../documents.generated.js'

/**
 * What rows before the first answer are made under, where only answers tell the model: no model, unless somebody said one,
 * so that they are the same whether the answer is in the file yet or not.
 */
export function startContext(
  { model }: { model: string | null },
  agent: string | null,
  systemPrompt: string | null = null,
): TranscriptContextInput | null {
  if (model === null && systemPrompt === null) return null
  return { model: model ?? '', agent, ...(systemPrompt === null ? {} : { systemPrompt }) }
}
