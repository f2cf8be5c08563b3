/**
 * One card at the end of the card wire. It is asked one thing at a time; what it says unasked, or says too late, ends the
 * connection, for from then on no answer could be told from the next.
 */
import type { Socket } from 'node:net';
import { type CardTransport, CardTransportError, cardControl, toCardFrame } from '@machikado/card';

/** Undefined, and the connection closed, when what answers is no card. */
export async function openWiredCard(socket: Socket, answerMs: number): Promise<CardTransport | undefined> {
  const wire = openWire(socket, answerMs);
  const atr = await wire.ask(control('atr')).catch(() => undefined);
  if (!atr || !isAtr(atr)) {
    socket.destroy();
    return undefined;
  }
  let powered = false;
  return {
    atr,
    async transmit(apdu) {
      if (!powered) wire.tell(control('powerOn'));
      powered = true;
      const answer = await wire.ask(apdu);
      if (answer.length < 2) throw new CardTransportError('the chip does not answer');
      return answer;
    },
    async reset() {
      wire.tell(control('reset'));
    },
    async close() {
      powered = false;
      wire.tell(control('powerOff'));
    },
  };
}

/** ISO/IEC 7816-3 clause 8.2: TS says the convention; 32 characters may follow. */
function isAtr(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x3b || bytes[0] === 0x3f) && bytes.length >= 2 && bytes.length <= 33;
}

const control = (name: keyof typeof cardControl) => Uint8Array.of(cardControl[name]);

interface Wire {
  tell(message: Uint8Array): void;
  ask(message: Uint8Array): Promise<Uint8Array>;
}

function openWire(socket: Socket, answerMs: number): Wire {
  let heard: Buffer = Buffer.alloc(0);
  let answered: ((answer: Uint8Array | undefined) => void) | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  socket.on('error', () => {});
  socket.on('close', () => answered?.(undefined));
  socket.on('data', (chunk) => {
    heard = Buffer.concat([heard, chunk]);
    const end = heard.length < 2 ? Number.POSITIVE_INFINITY : 2 + heard.readUInt16BE();
    if (!answered || heard.length > end) socket.destroy();
    else if (heard.length === end) {
      const answer = heard.subarray(2);
      heard = Buffer.alloc(0);
      answered(answer);
    }
  });

  function tell(message: Uint8Array): void {
    const frame = toCardFrame(message);
    // It may hold a PIN.
    if (!socket.destroyed) socket.write(frame, () => frame.fill(0));
  }

  function askNow(message: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => socket.destroy(), answerMs);
      answered = (answer) => {
        clearTimeout(late);
        answered = undefined;
        if (answer) resolve(answer);
        else reject(new CardTransportError('the card is gone'));
      };
      if (socket.closed) answered(undefined);
      else tell(message);
    });
  }

  return {
    tell,
    ask(message) {
      const asked = turn.then(() => askNow(message));
      turn = asked.catch(() => {});
      return asked;
    },
  };
}
