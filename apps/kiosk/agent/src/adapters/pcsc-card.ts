/**
 * One card on a PC/SC reader, for nobody else while it is in use (SHARE_EXCLUSIVE). It is connected at the first command, and reset before
 * it is let go, which drops a verified PIN. It has a context of its own, because PC/SC lets one wait for the other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CardTransport, CardTransportError } from '@machikado/card';
import type { Pcsc, PcscCard, PcscContext, PcscReader } from './smartcard-package.ts';

/** The longest answer of the card is a cert in pieces of 256 bytes; a reader may hand over more at once. */
const ANSWER_BYTES_MAX = 4096;

interface Connected {
  readonly context: PcscContext;
  readonly card: PcscCard;
}

/** `noticeMs`: how long PC/SC may take to notice that a card is gone. A failure is told only then, when it is known which it was. */
export function pcscCard(pcsc: Pcsc, { name, atr }: Pick<PcscReader, 'name' | 'atr'>, noticeMs: number): CardTransport {
  const { SCARD_SHARE_EXCLUSIVE, SCARD_LEAVE_CARD, SCARD_RESET_CARD } = pcsc;
  const protocols = pcsc.SCARD_PROTOCOL_T0 | pcsc.SCARD_PROTOCOL_T1;
  let connected: Connected | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other, and whatever goes wrong is the card’s silence. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = turn.then(act).catch((cause) => {
      throw new CardTransportError('the chip does not answer', { cause });
    });
    turn = done.catch(() => {});
    return done;
  }

  async function connect(): Promise<Connected> {
    const context = new pcsc.Context();
    try {
      const reader = context.listReaders().find((one) => one.name === name);
      if (!reader) throw new CardTransportError('the reader is gone');
      return { context, card: await reader.connect(SCARD_SHARE_EXCLUSIVE, protocols) };
    } catch (error) {
      context.close();
      throw error;
    }
  }

  async function powered(): Promise<PcscCard> {
    connected ??= await connect();
    return connected.card;
  }

  async function ask(apdu: Uint8Array): Promise<Uint8Array> {
    const answer = await (await powered()).transmit(apdu, { maxRecvLength: ANSWER_BYTES_MAX });
    // Some drivers pass on silence as an answer without a status word.
    if (answer.length < 2) throw new CardTransportError('the chip does not answer');
    return answer;
  }

  return {
    atr: atr ?? new Uint8Array(0),
    async transmit(apdu) {
      try {
        return await inTurn(() => ask(apdu));
      } catch (error) {
        await sleep(noticeMs);
        throw error;
      }
    },
    reset: () =>
      inTurn(async () => {
        await (await powered()).reconnect(SCARD_SHARE_EXCLUSIVE, protocols, SCARD_RESET_CARD);
      }),
    close: () =>
      inTurn(async () => {
        if (!connected) return;
        const { card, context } = connected;
        connected = undefined;
        try {
          // Disconnecting with a reset would do the same, but hold up the whole program while the card starts again.
          await card.reconnect(SCARD_SHARE_EXCLUSIVE, protocols, SCARD_RESET_CARD);
        } finally {
          letGo(card, context, SCARD_LEAVE_CARD);
        }
      }),
  };
}

/** A card that was taken away cannot be disconnected any more. */
function letGo(card: PcscCard, context: PcscContext, disposition: number): void {
  try {
    card.disconnect(disposition);
  } catch {
    // it is gone, and so is what it knew
  }
  context.close();
}
