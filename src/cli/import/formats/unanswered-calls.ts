interface Call {
  id: string
  name: string
}

/** Calls whose results have not come, for formats whose results do not always name their call. */
export class UnansweredCalls {
  private calls: Call[] = []
  private made = 0

  /** An id for a call that came without one. */
  newId(): string {
    this.made += 1
    return `call_${this.made}`
  }

  ask(calls: readonly Call[]): void {
    this.calls.push(...calls)
  }

  /** The call that a result answers: the one it names, else the oldest of its name, else the oldest; null for none. */
  answer(id: string | null, name: string | null): string | null {
    const named = this.calls.findIndex((call) => (id === null ? call.name === name : call.id === id))
    const position = named === -1 && id === null && name === null ? 0 : named
    const [found] = position === -1 ? [] : this.calls.splice(position, 1)
    return id ?? found?.id ?? null
  }
}
