/** Which workspaces are searched, so that their texts are worth holding, and whose texts did not fit. */
export class WantedTexts {
  readonly #searchedAt = new Map<string, number>()
  readonly #tooLargeAt = new Map<string, number>()

  /** Texts are held while somebody searches within `keepMs`; those that do not fit are tried again after `retryMs`. */
  constructor(
    private readonly keepMs: number,
    private readonly retryMs: number,
  ) {}

  search(workspaceId: string): void {
    this.#searchedAt.set(workspaceId, Date.now())
  }

  doNotFit(workspaceId: string): void {
    this.#tooLargeAt.set(workspaceId, Date.now())
  }

  has(workspaceId: string): boolean {
    const now = Date.now()
    const isSearched = (this.#searchedAt.get(workspaceId) ?? 0) > now - this.keepMs
    if (!isSearched) this.#searchedAt.delete(workspaceId)
    return isSearched && (this.#tooLargeAt.get(workspaceId) ?? 0) <= now - this.retryMs
  }
}
