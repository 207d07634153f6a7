/** What `export` writes. */
export const exportFormats = ['atif', 'openai', 'native'] as const
