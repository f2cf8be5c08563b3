/**
 * 台帳: entries by id, each with the count of its changes. A draft of a book sees what it has written itself; nobody else sees any of it
 * before the book takes it.
 */
interface Entry<V> {
  readonly value: V;
  readonly count: number;
}

export class Book<V> {
  readonly #entries: Map<string, Entry<V>>;

  constructor(entries: Iterable<readonly [string, V]> = []) {
    this.#entries = new Map(Array.from(entries, ([id, value]) => [id, { value, count: 1 }]));
  }

  get size(): number {
    return this.#entries.size;
  }
  get(id: string): V | undefined {
    return this.#entries.get(id)?.value;
  }
  /** 0 for what was never there; grows with every change, and never comes back to what it was. */
  count(id: string): number {
    return this.#entries.get(id)?.count ?? 0;
  }
  ids(): string[] {
    return [...this.#entries.keys()];
  }
  values(): V[] {
    return Array.from(this.#entries.values(), ({ value }) => value);
  }
  take(draft: DraftBook<V>): void {
    for (const [id, value] of draft.written) this.#entries.set(id, { value, count: this.count(id) + 1 });
  }
}

export class DraftBook<V> {
  readonly written = new Map<string, V>();
  readonly #base: Book<V>;

  constructor(base: Book<V>) {
    this.#base = base;
  }

  get size(): number {
    return this.#base.size + [...this.written.keys()].filter((id) => this.#base.get(id) === undefined).length;
  }
  get(id: string): V | undefined {
    return this.written.get(id) ?? this.#base.get(id);
  }
  put(id: string, value: V): void {
    this.written.set(id, value);
  }
}
