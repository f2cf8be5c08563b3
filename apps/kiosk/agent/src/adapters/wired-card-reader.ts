/**
 * カードリーダー on the card wire: a place on the loopback interface where cards that are programs connect. Whoever connects
 * and does not answer as a card does is turned away.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type CardPlace, createCardPlace } from '@machikado/card';
import type { CardReader } from '../ports.ts';
import { openWiredCard } from './wired-card.ts';

export interface WiredCardReader extends CardReader {
  readonly port: number;
  close(): Promise<void>;
}

const CARDS_MAX = 8;

export async function wiredCardReader(options: {
  /** 0: any that is free. */
  readonly port: number;
  /** How long a chip may think. */
  readonly answerMs?: number;
}): Promise<WiredCardReader> {
  const { port, answerMs = 5_000 } = options;
  const place = createCardPlace();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void admit(socket, place, answerMs);
  });
  server.maxConnections = CARDS_MAX;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { waitForCard, waitForRemoval, cards, onChange } = place;
  return {
    ...{ waitForCard, waitForRemoval, cards, onChange },
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function admit(socket: Socket, place: CardPlace, answerMs: number): Promise<void> {
  const card = await openWiredCard(socket, answerMs);
  if (!card || socket.closed) return;
  place.put(card);
  socket.once('close', () => place.remove(card));
}
