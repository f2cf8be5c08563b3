/**
 * Who is at the other end of a mutual-TLS connection: a table from SPKI pin to peer, never a header or a field of a body.
 * A peer has several pins while its cert is being exchanged.
 */
import assert from 'node:assert/strict';

export interface PeerRow<P> {
  readonly pins: readonly string[];
  readonly peer: P;
}

export class PeerTable<P> {
  readonly #peers: ReadonlyMap<string, P>;

  constructor(rows: readonly PeerRow<P>[]) {
    const entries = rows.flatMap(({ pins, peer }) => pins.map((pin) => [pin, peer] as const));
    for (const [pin] of entries) assert.match(pin, /^[0-9a-f]{64}$/, 'a pin is a SHA-256 in lower-case hex');
    this.#peers = new Map(entries);
    assert.equal(this.#peers.size, entries.length, 'one pin names two peers');
  }

  find(pin: string): P | undefined {
    return this.#peers.get(pin);
  }
}
