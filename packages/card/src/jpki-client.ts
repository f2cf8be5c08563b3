/**
 * The kiosk's side of the card: reads the userAuthCert (利用者証明用電子証明書), asks how many tries are left, presents the PIN once, and
 * lets the card sign the login message. The PIN goes to the card and nowhere else, and its bytes are zeroed here.
 * Nobody but the holder may spend the last try: at one try left, `verifyPin` asks back first.
 */
import assert from 'node:assert/strict';
import { CardAnswerError, type Command, exchange, exchangeOk } from './card-channel.ts';
import type { CardTransport } from './card-transport.ts';
import { ef, JPKI_AID } from './jpki-files.ts';
import { type CardAlgorithm, findCardAlgorithm } from './signature-algorithms.ts';
import { saysLocked, statusWords, triesLeftIn } from './status-words.ts';
import { decodeTokenInfo, type TokenInfo } from './token-info.ts';

export type PinAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked' }
  /** One try is left and the holder has not agreed to spend it. The PIN was not presented. */
  | { readonly kind: 'last-try' };

export interface CardSignature {
  readonly algorithm: CardAlgorithm['id'];
  readonly signature: Uint8Array;
}

const CERT_BYTES_MAX = 4096;
const CHUNK = 256;
const CURRENT_EF = 0x80;
const TOKEN_INFO_BYTES = 160;

export class JpkiClient {
  readonly #transport: CardTransport;
  #algorithm: CardAlgorithm | undefined;

  constructor(transport: CardTransport) {
    this.#transport = transport;
  }

  async select(): Promise<void> {
    await this.#ok('select application', { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: JPKI_AID });
  }

  async tokenInfo(): Promise<TokenInfo> {
    await this.#selectEf(ef.tokenInfo);
    return decodeTokenInfo(await this.#read(0, TOKEN_INFO_BYTES));
  }

  /** EF 0008: which of the two certs there are at all. */
  async availability(): Promise<{ readonly auth: boolean; readonly sign: boolean }> {
    await this.#selectEf(ef.availability);
    const [sign = 0, auth = 0] = await this.#read(0, 3);
    return { auth: auth !== 0, sign: sign !== 0 };
  }

  /** Needs no PIN. */
  async readUserAuthCert(): Promise<Uint8Array> {
    await this.#selectEf(ef.authCert);
    const head = await this.#read(0, 4);
    const [tag, form, high = 0, low = 0] = head;
    const total = ((high << 8) | low) + 4;
    if (head.length !== 4 || tag !== 0x30 || form !== 0x82 || total > CERT_BYTES_MAX) {
      throw new CardAnswerError('read cert', statusWords.wrongData);
    }
    const der = new Uint8Array(total);
    der.set(head);
    for (let at = head.length; at < total; ) {
      const chunk = await this.#read(at, Math.min(CHUNK, total - at));
      if (chunk.length === 0 || chunk.length > total - at)
        throw new CardAnswerError('read cert', statusWords.endOfFile);
      der.set(chunk, at);
      at += chunk.length;
    }
    return der;
  }

  /** Spends nothing. 0 = locked. */
  async pinTriesLeft(): Promise<number> {
    await this.#selectEf(ef.authPin);
    const { word } = await exchange(this.#transport, { cla: 0, ins: 0x20, p1: 0, p2: CURRENT_EF });
    const triesLeft = saysLocked(word) ? 0 : triesLeftIn(word);
    if (triesLeft === undefined) throw new CardAnswerError('ask tries', word);
    return triesLeft;
  }

  /** Presents the four digits once; `pin` is zeroed whatever happens. */
  async verifyPin(pin: Uint8Array, options: { readonly lastTryAgreed?: boolean } = {}): Promise<PinAnswer> {
    try {
      assert(pin.length === 4 && pin.every((digit) => digit >= 0x30 && digit <= 0x39), 'a PIN is four digits');
      const triesLeft = await this.pinTriesLeft();
      if (triesLeft === 0) return { kind: 'locked' };
      if (triesLeft === 1 && !options.lastTryAgreed) return { kind: 'last-try' };
      return await this.#presentPin(pin);
    } finally {
      pin.fill(0);
    }
  }

  /** Hashes the message itself or lets the card do it; nobody can hand in a hash to be signed. */
  async signLogin(message: Uint8Array): Promise<CardSignature> {
    const algorithm = await this.#algorithmOfKey();
    await this.#selectEf(ef.authKey);
    const signature = await this.#ok('sign', {
      cla: 0x80,
      ins: 0x2a,
      p1: algorithm.scheme,
      p2: CURRENT_EF,
      data: algorithm.toCard(message),
      replyMax: algorithm.replyMax,
    });
    return { algorithm: algorithm.id, signature: Uint8Array.from(signature) };
  }

  async #presentPin(pin: Uint8Array): Promise<PinAnswer> {
    const { word } = await exchange(this.#transport, { cla: 0, ins: 0x20, p1: 0, p2: CURRENT_EF, data: pin });
    if (word === statusWords.ok) return { kind: 'ok' };
    if (saysLocked(word)) return { kind: 'locked' };
    const triesLeft = triesLeftIn(word);
    if (triesLeft === undefined) throw new CardAnswerError('verify', word);
    return triesLeft === 0 ? { kind: 'locked' } : { kind: 'wrong', triesLeft };
  }

  async #algorithmOfKey(): Promise<CardAlgorithm> {
    this.#algorithm ??= findCardAlgorithm(await this.readUserAuthCert());
    if (!this.#algorithm) throw new CardAnswerError('find algorithm', statusWords.wrongData);
    return this.#algorithm;
  }

  async #selectEf(id: number): Promise<void> {
    const data = Uint8Array.from([id >> 8, id & 255]);
    await this.#ok('select file', { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data });
  }

  #read(offset: number, replyMax: number): Promise<Uint8Array> {
    return this.#ok('read', { cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 255, replyMax });
  }

  #ok(during: string, command: Command): Promise<Uint8Array> {
    return exchangeOk(this.#transport, during, command);
  }
}
