/**
 * How many bytes of uploads are held at the same time, by all and by one address. They count as they come in: what an upload only says of its
 * size would let a few slow ones shut everybody out.
 */
export class HeldBytes {
  readonly #max: number;
  readonly #shareMax: number;
  readonly #shares = new Map<string, number>();
  #held = 0;

  constructor(max: number, shareMax: number) {
    this.#max = max;
    this.#shareMax = shareMax;
  }

  hasRoomFor(bytes: number, owner: string): boolean {
    return this.#held + bytes <= this.#max && this.#shareOf(owner) + bytes <= this.#shareMax;
  }

  /** What one upload of this owner holds. */
  open(owner: string): Holding {
    let own = 0;
    return {
      add: (bytes) => {
        if (!this.hasRoomFor(bytes, owner)) return false;
        this.#move(owner, bytes);
        own += bytes;
        return true;
      },
      letGo: () => {
        this.#move(owner, -own);
        own = 0;
      },
    };
  }

  #shareOf(owner: string): number {
    return this.#shares.get(owner) ?? 0;
  }

  #move(owner: string, bytes: number): void {
    this.#held += bytes;
    const share = this.#shareOf(owner) + bytes;
    if (share > 0) this.#shares.set(owner, share);
    else this.#shares.delete(owner);
  }
}

export interface Holding {
  /** false: there is no room for these. */
  add(bytes: number): boolean;
  letGo(): void;
}
