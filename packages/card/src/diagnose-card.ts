/**
 * 「ご利用いただけないカードです」: what real kiosks say for four different causes. This one names the cause, so that the holder knows whether
 * to go to the municipal office and what for. Two causes show on the card, one only in the center's answer.
 */
import { X509Certificate } from 'node:crypto';
import { CardAnswerError } from './card-channel.ts';
import { CardTransportError } from './card-transport.ts';
import type { JpkiClient } from './jpki-client.ts';
import { statusWords } from './status-words.ts';
import type { TokenInfo } from './token-info.ts';

export const unusableCauses = {
  expired: 'The userAuthCert is past its fifth birthday (有効期限切れ).',
  locked: 'The PIN is locked, or the card has none (暗証番号設定なし).',
  'not-renewed':
    'The cert was not renewed or carried on after moving (更新・継続利用の手続き未了), or was never put on the card.',
  damaged: 'The chip does not answer, or answers nonsense.',
} as const;
export type UnusableCause = keyof typeof unusableCauses;

export type Diagnosis =
  | {
      readonly kind: 'usable';
      readonly authCert: Uint8Array;
      readonly triesLeft: number;
      readonly token: TokenInfo;
    }
  | { readonly kind: 'unusable'; readonly cause: UnusableCause }
  /** Another kind of card: it has no JPKI application. */
  | { readonly kind: 'foreign' };

/** Reads what can be read without a PIN; spends no try. */
export async function diagnoseCard(client: JpkiClient, now: Date): Promise<Diagnosis> {
  try {
    await client.select();
  } catch (error) {
    if (error instanceof CardAnswerError && error.word === statusWords.fileNotFound) return { kind: 'foreign' };
    return damagedOrBug(error);
  }
  try {
    return await diagnoseApplication(client, now);
  } catch (error) {
    return damagedOrBug(error);
  }
}

async function diagnoseApplication(client: JpkiClient, now: Date): Promise<Diagnosis> {
  const token = await client.tokenInfo();
  if (!(await client.availability()).auth) return { kind: 'unusable', cause: 'not-renewed' };
  const authCert = await client.readUserAuthCert();
  const notAfter = lastInstantOf(authCert);
  if (notAfter === undefined) return { kind: 'unusable', cause: 'damaged' };
  if (notAfter < now) return { kind: 'unusable', cause: 'expired' };
  const triesLeft = await client.pinTriesLeft();
  if (triesLeft === 0) return { kind: 'unusable', cause: 'locked' };
  return { kind: 'usable', authCert, triesLeft, token };
}

function damagedOrBug(error: unknown): Diagnosis {
  if (error instanceof CardTransportError || error instanceof CardAnswerError) {
    return { kind: 'unusable', cause: 'damaged' };
  }
  throw error;
}

function lastInstantOf(certDer: Uint8Array): Date | undefined {
  try {
    return new Date(new X509Certificate(certDer).validTo);
  } catch {
    return undefined;
  }
}
