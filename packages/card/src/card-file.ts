/**
 * A card file: one virtual マイナンバーカード (or the JPKI application of a phone) as JSON. It holds what a real chip holds,
 * secrets included, and is the whole state of the card: the caller writes it back whenever the card asks to persist.
 */
import { type Medium, media } from './token-info.ts';

export const chips = ['sound', 'damaged', 'foreign'] as const;

export interface CardFile {
  readonly format: 'machikado-card/1';
  readonly medium: Medium;
  /** damaged: answers to nothing, every transmission fails. foreign: another kind of card, without a JPKI application. */
  readonly chip: (typeof chips)[number];
  /** The municipality that issued the card, five digits: not where the holder lives now. */
  readonly issuedBy: string;
  /** Last day of the card itself, yyyymmdd. */
  readonly validUntil: string;
  /** 利用者証明用: for logging in. Null when the holder has none on the card. */
  readonly auth: CardKey | null;
  /** 署名用: never used at a kiosk. Null for children under 15. */
  readonly sign: CardKey | null;
}

export interface CardKey {
  /** DER, base64. */
  readonly cert: string;
  readonly caCert: string;
  /** PKCS #8, PEM. */
  readonly key: string;
  /** Null on a card whose holder chose to have none (暗証番号設定なし): it can never be verified. */
  readonly pin: string | null;
  readonly triesLeft: number;
}

export type KeyUse = 'auth' | 'sign';
export const pinRules: Readonly<Record<KeyUse, { readonly triesMax: number; readonly form: RegExp }>> = {
  auth: { triesMax: 3, form: /^[0-9]{4}$/ },
  sign: { triesMax: 5, form: /^[A-Z0-9]{6,16}$/ },
};

export interface NewCardKey {
  readonly cert: Uint8Array;
  readonly caCert: Uint8Array;
  readonly key: string;
  readonly pin: string | null;
}

export interface NewCard {
  readonly medium?: Medium;
  readonly chip?: CardFile['chip'];
  readonly issuedBy: string;
  readonly validUntil: string;
  readonly auth: NewCardKey | null;
  readonly sign: NewCardKey | null;
}

/** Says where a card file is wrong, never what stands there. */
export class CardFileError extends Error {
  override readonly name = 'CardFileError';
}

/** A fresh card with every try left. */
export function createCardFile({
  medium = 'card',
  chip = 'sound',
  issuedBy,
  validUntil,
  auth,
  sign,
}: NewCard): CardFile {
  return parseCardFile({
    format: 'machikado-card/1',
    medium,
    chip,
    issuedBy,
    validUntil,
    auth: auth && freshKey(auth, 'auth'),
    sign: sign && freshKey(sign, 'sign'),
  });
}

function freshKey({ cert, caCert, key, pin }: NewCardKey, use: KeyUse): CardKey {
  const triesLeft = pin === null ? 0 : pinRules[use].triesMax;
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { cert: base64(cert), caCert: base64(caCert), key, pin, triesLeft };
}

/** Takes the text of a card file, or the value it stands for. */
export function parseCardFile(json: unknown): CardFile {
  const file = object(typeof json === 'string' ? jsonValue(json) : json, 'card file', [
    'format',
    'medium',
    'chip',
    'issuedBy',
    'validUntil',
    'auth',
    'sign',
  ]);
  check(file.format === 'machikado-card/1', 'format');
  check(media.includes(file.medium as Medium), 'medium');
  check(chips.includes(file.chip as CardFile['chip']), 'chip');
  check(isText(file.issuedBy, /^\d{5}$/), 'issuedBy');
  check(isText(file.validUntil, /^\d{8}$/), 'validUntil');
  return { ...file, auth: cardKey(file.auth, 'auth'), sign: cardKey(file.sign, 'sign') } as unknown as CardFile;
}

function cardKey(value: unknown, use: KeyUse): CardKey | null {
  if (value === null) return null;
  const key = object(value, use, ['cert', 'caCert', 'key', 'pin', 'triesLeft']);
  const { triesMax, form } = pinRules[use];
  const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
  check(isText(key.cert, base64), `${use}.cert`);
  check(isText(key.caCert, base64), `${use}.caCert`);
  check(isText(key.key, /^-----BEGIN PRIVATE KEY-----\n/), `${use}.key`);
  check(key.pin === null || isText(key.pin, form), `${use}.pin`);
  const tries = key.triesLeft as number;
  check(Number.isInteger(tries) && tries >= 0 && tries <= (key.pin === null ? 0 : triesMax), `${use}.triesLeft`);
  return key as unknown as CardKey;
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CardFileError('not JSON');
  }
}

function object(value: unknown, where: string, members: readonly string[]): Record<string, unknown> {
  check(typeof value === 'object' && value !== null && !Array.isArray(value), where);
  const found = Object.keys(value as object);
  check(found.length === members.length && members.every((member) => found.includes(member)), `members of ${where}`);
  return value as Record<string, unknown>;
}

const isText = (value: unknown, form: RegExp) => typeof value === 'string' && form.test(value);

function check(holds: boolean, where: string): asserts holds {
  if (!holds) throw new CardFileError(`${where} is not as it should be`);
}
