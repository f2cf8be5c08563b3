/** Admission control: a server that is full says so at once, rather than being late for everybody. */
import { refuse } from '@machikado/protocol';

export class Admission {
  readonly #max: number;
  #inFlight = 0;
  #closing = false;

  constructor(max: number) {
    this.#max = max;
  }

  /** Takes one place, or refuses with TOO_BUSY. The returned function gives the place back, once. */
  enter(): () => void {
    if (this.#closing) refuse('TOO_BUSY', 'closing');
    if (this.#inFlight >= this.#max) refuse('TOO_BUSY', `${this.#max} requests in flight`);
    this.#inFlight += 1;
    let taken = true;
    return () => {
      if (taken) this.#inFlight -= 1;
      taken = false;
    };
  }

  close(): void {
    this.#closing = true;
  }

  get isClosing(): boolean {
    return this.#closing;
  }
}
