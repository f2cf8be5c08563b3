/** What any card reader of a kiosk must do, whatever stands behind it. Run against each of them. */
import assert from 'node:assert/strict';
import { type CardFile, type CardTransport, CardTransportError, diagnoseCard, JpkiClient } from '@machikado/card';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import type { CardReader } from '../ports.ts';
import type { LaidCard } from './laid-card.ts';
import { freshCardFile, PIN } from './test-card.ts';

export interface CardReaderStage {
  readonly reader: CardReader;
  /** Lays a card down beside those that lie there. */
  layDown(card: LaidCard): Promise<{ takeAway(): Promise<void> }>;
  close(): Promise<void>;
}

const NOW = new Date('2026-06-01T03:00:00Z');
const ever = new AbortController().signal;

export function cardReaderContract(name: string, open: () => Promise<CardReaderStage>): void {
  describe(name, () => {
    let stage: CardReaderStage;
    let laid: { takeAway(): Promise<void> }[] = [];
    const layDown = async (change: Partial<CardFile> = {}, pulledAway = false) => {
      const lying = await stage.layDown({ file: { ...freshCardFile, ...change }, pulledAway });
      laid.push(lying);
      return lying;
    };
    const until = (cards: ReturnType<CardReader['cards']>) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (stage.reader.cards() !== cards) return;
          forget();
          resolve();
        };
        const forget = stage.reader.onChange(look);
        look();
      });

    beforeAll(async () => {
      stage = await open();
      await until('none');
    });
    afterEach(async () => {
      for (const lying of laid) await lying.takeAway();
      laid = [];
      await stage.reader.waitForRemoval(ever);
    });
    afterAll(() => stage.close());

    test('waits for a card, lets it sign after its PIN, and waits until it is taken away', async () => {
      const waiting = stage.reader.waitForCard(ever);
      const lying = await layDown();
      const card = await waiting;
      assert.equal(Buffer.from(card.atr).toString('hex'), '3be000ff8131fe4514');
      const client = new JpkiClient(card);
      assert.equal((await diagnoseCard(client, NOW)).kind, 'usable');
      assert.deepEqual(await client.verifyPin(digits(PIN)), { kind: 'ok' });
      assert.equal((await client.signLogin(Buffer.from('message'))).signature.length, 256);
      const away = stage.reader.waitForRemoval(ever);
      await lying.takeAway();
      await away;
      assert.equal(stage.reader.cards(), 'none');
    });

    test('forgets a verified PIN when the card is closed, and hands the same card out again', async () => {
      await layDown();
      const first = await stage.reader.waitForCard(ever);
      const client = new JpkiClient(first);
      await client.select();
      await client.verifyPin(digits(PIN));
      await first.close();
      await assert.rejects(client.select(), CardTransportError);
      const again = new JpkiClient(await stage.reader.waitForCard(ever));
      await again.select();
      await assert.rejects(again.signLogin(Buffer.from('message')), { word: 0x6982 });
    });

    test('forgets a verified PIN at a reset', async () => {
      await layDown();
      const card = await stage.reader.waitForCard(ever);
      const client = new JpkiClient(card);
      await client.select();
      await client.verifyPin(digits(PIN));
      await card.reset();
      await client.select();
      await assert.rejects(client.signLogin(Buffer.from('message')), { word: 0x6982 });
    });

    test('a phone tells that it is one', async () => {
      for (const medium of ['android', 'iphone'] as const) {
        const phone = await layDown({ medium });
        const diagnosis = await diagnoseCard(new JpkiClient(await stage.reader.waitForCard(ever)), NOW);
        assert.equal(diagnosis.kind === 'usable' && diagnosis.token.medium, medium);
        await phone.takeAway();
        await stage.reader.waitForRemoval(ever);
      }
    });

    test('a damaged chip is a card that does not answer', async () => {
      await layDown({ chip: 'damaged' });
      const card = await stage.reader.waitForCard(ever);
      assert.deepEqual(await diagnoseCard(new JpkiClient(card), NOW), { kind: 'unusable', cause: 'damaged' });
    });

    test('a card that is pulled away in the middle of a command fails it as a transport error', async () => {
      await layDown({}, true);
      const card = await stage.reader.waitForCard(ever);
      await assert.rejects(new JpkiClient(card).select(), CardTransportError);
      assert.equal(stage.reader.cards(), 'none');
      await assert.rejects(card.transmit(Buffer.from('00b0000004', 'hex')), CardTransportError);
    });

    test('uses none of several cards until one is left', async () => {
      const first = await layDown();
      const inUse = await stage.reader.waitForCard(ever);
      await layDown({ medium: 'android' });
      await until('several');
      await assert.rejects(inUse.transmit(Buffer.from('00b0000004', 'hex')), CardTransportError);
      let found: CardTransport | undefined;
      const waiting = stage.reader.waitForCard(ever).then((card) => {
        found = card;
        return card;
      });
      await new Promise(setImmediate);
      assert.equal(found, undefined);
      await first.takeAway();
      const client = new JpkiClient(await waiting);
      await client.select();
      assert.equal((await client.tokenInfo()).medium, 'android');
    });

    test('tells whoever asked when the cards change, and nobody who left', async () => {
      const seen: string[] = [];
      const forget = stage.reader.onChange(() => seen.push(stage.reader.cards()));
      const lying = await layDown();
      await until('one');
      await lying.takeAway();
      await until('none');
      forget();
      await layDown();
      await until('one');
      assert.deepEqual(seen, ['one', 'none']);
    });

    test('stops waiting when it is told to, with the reason', async () => {
      const reason = new Error('enough');
      const over = AbortSignal.abort(reason);
      await assert.rejects(stage.reader.waitForCard(over), reason);
      const later = new AbortController();
      const waiting = stage.reader.waitForCard(later.signal);
      later.abort(reason);
      await assert.rejects(waiting, reason);
      await layDown();
      await until('one');
      await assert.rejects(stage.reader.waitForRemoval(over), reason);
    });
  });
}

const digits = (pin: string) => new TextEncoder().encode(pin);
