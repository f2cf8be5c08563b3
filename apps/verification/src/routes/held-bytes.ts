/** How many bytes of uploads are held at the same time: each says before it is read how large it is, and where there is no room it is not read. */
export class HeldBytes {
  readonly #max: number;
  #held = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** The returned function lets them go, once; undefined: no room. */
  hold(bytes: number): (() => void) | undefined {
    if (this.#held + bytes > this.#max) return undefined;
    this.#held += bytes;
    let left = bytes;
    return () => {
      this.#held -= left;
      left = 0;
    };
  }
}
