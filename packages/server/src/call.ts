/** What a handler gets, and what it is held to: types follow from the endpoint's row. */
import type { Endpoint } from '@machikado/protocol';
import type { Static, TSchema } from 'typebox';
import type { Deadline } from './deadline.ts';

export interface Peer {
  readonly kind: 'kiosk' | 'center' | 'municipality' | 'staff';
  readonly id: string;
  readonly [k: string]: unknown;
}

/** Asked at every request, so that a withdrawn pin stops at once, also on a connection that is open. Keep it cheap. */
export type Identify = (spkiPin: string, certDer: Uint8Array) => Promise<Peer | undefined> | Peer | undefined;

export type BodyOf<E extends Endpoint> = E extends { readonly body: infer B extends TSchema } ? Static<B> : undefined;
export type ReplyOf<E extends Endpoint> = Static<E['reply']>;

export interface Call<B = unknown> {
  readonly body: B;
  readonly params: Readonly<Record<string, string>>;
  readonly peer: Peer;
  /** Random; stands in the log line and in the error reply. */
  readonly requestId: string;
  readonly deadline: Deadline;
  /** 32 bytes of the TLS exporter of this connection, label EXPORTER-machikado-login. */
  exporter(): Uint8Array;
  /** The same for all requests of one connection. */
  readonly socketId: string;
}

export type Handler<E extends Endpoint> = (call: Call<BodyOf<E>>) => Promise<ReplyOf<E>>;
