/** Admission control: a server that is full says so at once, rather than being late for everybody. */
import { refuse } from '@machikado/protocol';

export class Admission {
  readonly #max: number;
  readonly #maxPerPeer: number;
  readonly #ofPeer = new Map<string, number>();
  #inFlight = 0;
  #closing = false;

  constructor(max: number, maxPerPeer = max) {
    this.#max = max;
    this.#maxPerPeer = maxPerPeer;
  }

  /** Takes one place, or refuses with TOO_BUSY. The returned function gives the place back, once. */
  enter(peerId: string): () => void {
    if (this.#closing) refuse('TOO_BUSY', 'closing');
    if (this.#inFlight >= this.#max) refuse('TOO_BUSY', `${this.#max} requests in flight`);
    const own = this.#ofPeer.get(peerId) ?? 0;
    if (own >= this.#maxPerPeer) refuse('TOO_BUSY', `${this.#maxPerPeer} requests of one peer in flight`);
    this.#count(peerId, 1);
    let taken = true;
    return () => {
      if (taken) this.#count(peerId, -1);
      taken = false;
    };
  }

  #count(peerId: string, by: 1 | -1): void {
    this.#inFlight += by;
    const own = (this.#ofPeer.get(peerId) ?? 0) + by;
    if (own > 0) this.#ofPeer.set(peerId, own);
    else this.#ofPeer.delete(peerId);
  }

  close(): void {
    this.#closing = true;
  }

  get isClosing(): boolean {
    return this.#closing;
  }
}
