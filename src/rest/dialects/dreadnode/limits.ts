/** Largest body of most operations (contract 1.7). */
export const BODY_LIMIT_BYTES = 1_048_576
/** Largest body of those that carry transcripts. */
export const TRANSCRIPT_LIMIT_BYTES = 16 * BODY_LIMIT_BYTES
/** Longest system prompt. */
export const MAX_TEXT = 1_048_576
