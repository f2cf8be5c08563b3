/**
 * One command to the card and its whole answer. Readers with T=0 hand over long answers in pieces (61xx, GET RESPONSE) or ask
 * for another Le (6Cxx); the layers above see neither.
 */

import { type CardTransport, CardTransportError } from './card-transport.ts';
import { type CommandApdu, encodeCommand, parseResponse, type ResponseApdu } from './command-apdu.ts';
import { statusWords } from './status-words.ts';

export type Command = Pick<CommandApdu, 'cla' | 'ins' | 'p1' | 'p2'> & {
  readonly data?: Uint8Array;
  readonly replyMax?: number;
};

/** The card answered, but not with what the step needs. `during` names the step; nothing of the data is in it. */
export class CardAnswerError extends Error {
  override readonly name = 'CardAnswerError';
  readonly during: string;
  readonly word: number;

  constructor(during: string, word: number) {
    super(`${during}: ${word.toString(16).padStart(4, '0')}`);
    this.during = during;
    this.word = word;
  }
}

const ANSWER_BYTES_MAX = 8192;

export async function exchange(transport: CardTransport, command: Command): Promise<ResponseApdu> {
  let response = await transmitOnce(transport, command);
  // Only a command that expects data may be sent twice: repeating a VERIFY would spend a try.
  if (response.word >> 8 === 0x6c && command.replyMax !== undefined) {
    response = await transmitOnce(transport, { ...command, replyMax: response.word & 255 || 256 });
  }
  const pieces = [response.data];
  let total = response.data.length;
  while (response.word >> 8 === 0x61) {
    response = await transmitOnce(transport, { cla: 0, ins: 0xc0, p1: 0, p2: 0, replyMax: response.word & 255 || 256 });
    pieces.push(response.data);
    total += response.data.length;
    if (response.data.length === 0 || total > ANSWER_BYTES_MAX) throw new CardTransportError('the answer has no end');
  }
  return { data: pieces.length === 1 ? response.data : Buffer.concat(pieces), word: response.word };
}

export async function exchangeOk(transport: CardTransport, during: string, command: Command): Promise<Uint8Array> {
  const { data, word } = await exchange(transport, command);
  if (word !== statusWords.ok && word !== statusWords.endOfFile) throw new CardAnswerError(during, word);
  return data;
}

async function transmitOnce(transport: CardTransport, command: Command): Promise<ResponseApdu> {
  const bytes = encodeCommand(command);
  try {
    const response = parseResponse(await transport.transmit(bytes));
    if (!response) throw new CardTransportError('the answer is too short');
    return response;
  } finally {
    // The command may hold a PIN.
    bytes.fill(0);
  }
}
