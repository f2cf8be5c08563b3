/**
 * The card’s end of the card wire: lays a virtual card, or the phone that plays one, on the reader that listens at this address,
 * be it a kiosk’s own reader or pcscd’s `vpcd`. Until it is taken away it lies there: a reader that loses power, or has none
 * yet, finds it when it is back.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  type CardTransport,
  CardTransportError,
  cardControl,
  createCardFrames,
  toCardFrame,
  VirtualCard,
  virtualCardTransport,
} from '@machikado/card';

export interface CardAddress {
  readonly host?: string;
  readonly port: number;
  /** How soon a reader without power is tried again. */
  readonly retryMs?: number;
}

/** Not even a status word. An empty message would keep `vpcd` waiting for ever. */
const NO_ANSWER = Uint8Array.of(0);

export function connectCard(
  card: VirtualCard | CardTransport,
  { host = '127.0.0.1', port, retryMs = 200 }: CardAddress,
): { takeAway(): Promise<void> } {
  const chip = card instanceof VirtualCard ? virtualCardTransport(card) : card;
  let socket: Socket;
  let retry: NodeJS.Timeout | undefined;
  let lies = true;

  function reach(): void {
    const frames = createCardFrames();
    let turn = Promise.resolve();
    socket = connect(port, host).setNoDelay();
    const own = socket;
    const serve = async (message: Uint8Array) => {
      try {
        const answer = await answerOf(chip, message);
        if (answer && !own.destroyed) own.write(toCardFrame(answer));
      } catch (error) {
        own.destroy(error as Error);
      }
    };
    own.on('data', (chunk) => {
      for (const message of frames(chunk)) turn = turn.then(() => serve(message));
    });
    own.on('error', () => {});
    own.on('close', () => {
      void powerOff(chip);
      if (lies) retry = setTimeout(reach, retryMs);
    });
  }

  reach();
  return {
    async takeAway() {
      lies = false;
      clearTimeout(retry);
      if (!socket.closed) await once(socket.destroy(), 'close');
      await chip.close();
    },
  };
}

async function answerOf(chip: CardTransport, message: Uint8Array): Promise<Uint8Array | undefined> {
  if (message.length === 0) return undefined;
  if (message.length > 1) return chip.transmit(message).catch(silence);
  if (message[0] === cardControl.atr) return chip.atr;
  await powerOff(chip);
  return undefined;
}

/** Nothing comes from a dead chip. */
function silence(error: unknown): Uint8Array {
  if (error instanceof CardTransportError) return NO_ANSWER;
  throw error;
}

async function powerOff(chip: CardTransport): Promise<void> {
  await chip.reset().catch(silence);
}
