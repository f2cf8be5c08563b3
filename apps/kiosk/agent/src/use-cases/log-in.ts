/**
 * 本人確認 ④: challenge, PIN to the card and nowhere else, signature over a message that the kiosk builds itself from the challenge
 * and the exporter of its own connection. Each try of the PIN has its own challenge on its own connection; the kiosk never tries
 * by itself.
 */
import { CardAnswerError, CardTransportError } from '@machikado/card';
import { encodeLoginMessage, toBase64 } from '@machikado/pki';
import { type Challenge, type ProvenSession, refuse } from '@machikado/protocol';
import type { KioskFaultCode } from '@machikado/ui';
import { KioskFault } from '../kiosk-fault.ts';
import type { CardReader, LoginChannel, Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import type { UseMemory } from '../use-memory.ts';
import type { ReadCard } from './read-card.ts';

export interface Login extends ProvenSession {
  readonly sessionId: string;
  readonly centerId: string;
}

/** Why a card does not answer any more: what lies on the reader tells. */
const silence: Readonly<Record<ReturnType<CardReader['cards']>, KioskFaultCode>> = {
  none: 'CARD_REMOVED',
  one: 'CARD_DAMAGED',
  several: 'CARDS_SEVERAL',
  'reader-away': 'KIOSK_NOT_READY',
};

/** `back`: 前画面へ, before any further try. */
export async function logIn(
  card: ReadCard,
  resident: Resident,
  memory: UseMemory,
  ports: Ports,
): Promise<Login | 'back'> {
  try {
    return await enterAndProve(card, resident, memory, ports);
  } catch (cause) {
    if (cause instanceof CardTransportError || cause instanceof CardAnswerError)
      throw new KioskFault(silence[ports.cardReader.cards()], { cause });
    throw cause;
  }
}

async function enterAndProve(card: ReadCard, resident: Resident, memory: UseMemory, ports: Ports) {
  let triesLeft = await card.client.pinTriesLeft();
  if (triesLeft === 0) throw new KioskFault('CARD_LOCKED');
  for (let wrong = false; ; wrong = true) {
    const pin = await resident.enterPin(triesLeft, wrong);
    if (pin === 'back') return pin;
    memory.keep(pin);
    resident.wait('checking');
    const channel = await ports.center.openLogin();
    try {
      const challenge = await channel.begin();
      const answer = await card.client.verifyPin(pin, { lastTryAgreed: triesLeft === 1 });
      if (answer.kind === 'locked') throw new KioskFault('CARD_LOCKED');
      if (answer.kind === 'ok') return await prove(card, challenge, channel, memory, ports);
      triesLeft = answer.kind === 'wrong' ? answer.triesLeft : 1;
    } finally {
      pin.fill(0);
      await channel.close();
    }
  }
}

async function prove(
  { client, authCert }: ReadCard,
  challenge: Challenge,
  channel: LoginChannel,
  memory: UseMemory,
  { kioskId }: Ports,
): Promise<Login> {
  if (challenge.kioskId !== kioskId) refuse('PROOF_REFUSED', 'challenge for another kiosk');
  const exporter = await channel.exporter();
  const { algorithm, signature } = await client.signLogin(encodeLoginMessage({ ...challenge, exporter }));
  const { sessionId, centerId } = challenge;
  const proof = { authCert: toBase64(authCert), algorithm, signature: toBase64(memory.keep(signature)) };
  return { ...(await channel.prove(sessionId, proof)), sessionId, centerId };
}
