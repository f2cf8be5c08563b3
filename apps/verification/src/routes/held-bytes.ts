/**
 * How many bytes of uploads are held at the same time. They count as they come in: what an upload only says of its size would let a few slow ones
 * shut everybody out.
 */
export class HeldBytes {
  readonly #max: number;
  #held = 0;

  constructor(max: number) {
    this.#max = max;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#held + bytes <= this.#max;
  }

  /** The share of one upload. */
  open(): Holding {
    let own = 0;
    return {
      add: (bytes) => {
        if (!this.hasRoomFor(bytes)) return false;
        this.#held += bytes;
        own += bytes;
        return true;
      },
      letGo: () => {
        this.#held -= own;
        own = 0;
      },
    };
  }
}

export interface Holding {
  /** false: there is no room for these. */
  add(bytes: number): boolean;
  letGo(): void;
}
