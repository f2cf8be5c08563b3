/**
 * The wire between a card and a reader that are both programs, as vsmartcard’s `vpcd` speaks it: the card connects, and every
 * message is its length (two bytes, big-endian) and its bytes. A message of one byte is a control, any other a command APDU;
 * the card answers to commands and to the question for its ATR. A card is taken away by closing the connection.
 */
export const cardControl = { powerOff: 0, powerOn: 1, reset: 2, atr: 4 } as const;

const LENGTH_BYTES = 2;

export function toCardFrame(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(LENGTH_BYTES + message.length);
  frame.set([message.length >> 8, message.length & 255]);
  frame.set(message, LENGTH_BYTES);
  return frame;
}

/** Takes what arrives, in whatever pieces, and gives the messages that are whole. */
export function createCardFrames(): (chunk: Uint8Array) => readonly Uint8Array[] {
  let rest: Uint8Array = new Uint8Array(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: Uint8Array[] = [];
    for (;;) {
      const [high, low] = rest;
      if (high === undefined || low === undefined) return messages;
      const end = LENGTH_BYTES + ((high << 8) | low);
      if (rest.length < end) return messages;
      messages.push(rest.subarray(LENGTH_BYTES, end));
      rest = rest.subarray(end);
    }
  };
}
