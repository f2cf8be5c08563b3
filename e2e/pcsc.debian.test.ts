/**
 * 本人確認 over PC/SC: a card on a real reader’s service (pcscd, with vsmartcard’s virtual reader below it), the agent as a process of its own, a
 * person at the glass, the whole chain behind. The card lives in this process, so the two share nothing but the reader.
 */
import type { VirtualCard } from '@machikado/card';
import type { IssuedCard } from '@machikado/jpki';
import {
  missingForPcscd,
  type Pcscd,
  startPcscd,
  unlessMissing,
  withNodePackage,
  withPrograms,
} from '@machikado/testkit';
import { CARD_PIN } from '@machikado/town';
import { catalogues, sentenceFor } from '@machikado/ui';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AgentStage, openAgentStage } from './agent-stage.ts';
import { chipOf } from './browser/front.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { type Visit, visit } from './browser/visit.ts';
import { disagreements, P384, YUNAGI } from './fault-table.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';

const FEE_YEN = 200;
const WRONG_PIN = '0000';
const { ja } = catalogues;
const missing = await missingForPcscd();

withPrograms(['pcscd', 'vpcd-config'], 'pcscd vsmartcard-vpcd libpcsclite-dev', () => {
  unlessMissing(missing, 'run as root, and stop the other pcscd', () => {
    withNodePackage('smartcard', '3.7.0', logInOverPcsc);
  });
});

function logInOverPcsc(): void {
  let chain: Chain;
  let browser: Browser;
  let pcscd: Pcscd;
  let at: AgentStage;
  let issued: IssuedCard;
  let card: VirtualCard;
  let keptBefore: number;

  beforeAll(async () => {
    pcscd = await startPcscd();
    chain = await openChain(WITHOUT_JOBS);
    issued = await chain.orderCard(YUNAGI, 'couple', P384);
    await chain.passTheNight();
    browser = await launchBrowser({ drawing: 'rough' });
    at = await openAgentStage(chain, browser, { pcsc: { reader: 'Virtual PCD', port: pcscd.slots[0] } });
  }, 300_000);
  afterAll(async () => {
    await at?.close();
    await browser?.close();
    await chain?.close();
    await pcscd?.stop();
  });

  beforeEach(() => {
    card = chipOf(issued.file);
    keptBefore = at.keptYen();
  });
  afterEach(async () => {
    await at.glass.at('menu');
    expect(await disagreements({ chain, kiosk: at.books })).toEqual([]);
  });

  const come = (pin: string) => visit(at.glass, at.hands, { card, pin });
  const keptYen = () => at.keptYen() - keptBefore;
  const triesLeft = () => card.state.auth?.triesLeft;
  const goHome = async () => {
    await at.glass.press('done');
    await at.glass.at('menu');
  };
  const getCertificate = async (use: Visit) => {
    await use.goOn('receipt');
    await goHome();
    expect(use.paper).toHaveLength(1);
    expect(keptYen()).toBe(FEE_YEN);
    expect(triesLeft()).toBe(3);
  };

  test('the right PIN: a certificate', async () => {
    await getCertificate(come(CARD_PIN));
  });

  test('a wrong PIN is told with the tries that the chip has left, and the right one after it gives them back', async () => {
    const wrong = come(WRONG_PIN);
    await wrong.goOn('pin');
    await wrong.act('pin');
    await at.glass.reads(ja.pin.wrong);
    await at.glass.reads(ja.pin.triesLeft(2));
    expect(triesLeft()).toBe(2);
    await getCertificate(come(CARD_PIN));
  });

  test('three wrong PINs: the chip locks itself, and the glass says so now and at the next use', async () => {
    const wrong = come(WRONG_PIN);
    await wrong.goOn('pin');
    await wrong.act('pin');
    await at.glass.reads(ja.pin.triesLeft(2));
    await wrong.act('pin');
    await at.glass.press('last-try');
    await wrong.act('pin');
    await at.glass.at('ended');
    await at.glass.reads(sentenceFor('CARD_LOCKED', 'ja'));
    expect(triesLeft()).toBe(0);
    await at.hands.takeCard();
    await goHome();
    await come(CARD_PIN).goOn('card');
    at.hands.layDown(card);
    await at.glass.at('ended');
    await at.glass.reads(sentenceFor('CARD_LOCKED', 'ja'));
    await at.hands.takeCard();
    await goHome();
    expect(keptYen()).toBe(0);
  });

  test('a card that is taken away at the PIN ends the use, and the next card is read', async () => {
    await come(CARD_PIN).goOn('pin');
    await at.hands.takeCard();
    await at.glass.at('ended');
    expect(await at.glass.text()).toContain(ja.ended.moneyEnds['none-taken']);
    await goHome();
    await getCertificate(come(CARD_PIN));
  });
}
