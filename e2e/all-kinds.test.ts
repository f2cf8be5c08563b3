/**
 * Every kind of certificate through the whole chain: from the kiosk's menu to the printed sheet, which is of that kind and about that person and that
 * 年度; a script for each, and two of them by hand at the glass.
 */
import { lettersOf } from '@machikado/inspection';
import { type CertificateKind, certificateKinds, type Offers, orderReferenceOf } from '@machikado/protocol';
import { CARD_PIN } from '@machikado/town';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chipOf } from './browser/front.ts';
import { type GlassStage, openGlassStage } from './browser/glass-stage.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { visit } from './browser/visit.ts';
import { disagreements, openStage, type Stage, suspensions, YUNAGI } from './fault-table.ts';
import { readFront } from './printed-sheets.ts';
import { sharedReader } from './shared-threads.ts';

const titles: Readonly<Record<CertificateKind, string>> = {
  'resident-record': '住民票',
  'resident-record-items': '住民票記載事項証明書',
  'seal-registration': '印鑑登録証明書',
  'tax-income': '所得証明書',
  'tax-assessment': '課税証明書',
  'tax-exemption': '非課税証明書',
  'tax-income-assessment': '所得課税証明書',
  'tax-payment': '納税証明書',
  'koseki-full': '戸籍全部事項証明書',
  'koseki-individual': '戸籍個人事項証明書',
  'koseki-address-history': '戸籍の附票',
};
/** Nobody can have both a 課税証明書 and a 非課税証明書. */
const personFor = (kind: CertificateKind) => (kind === 'tax-exemption' ? 'tax-exempt' : 'family-head');
const YEAR = { fiscalYear: 2025 };
const YEAR_ON_PAPER = '令和7年度';

let stage: Stage;
let browser: Browser;
let at: GlassStage;
beforeAll(async () => {
  stage = await openStage({ people: { [YUNAGI]: ['family-head', 'tax-exempt'] }, kiosks: 2 });
  browser = await launchBrowser({ drawing: 'rough' });
  at = await openGlassStage(stage.chain, browser, { kioskId: 'kiosk-2' });
}, 240_000);
afterAll(async () => {
  await at?.close();
  await browser?.close();
  await stage?.close();
});

/** Full-width figures of a form as plain ones: 令和７年度. */
const plain = (text: string) =>
  lettersOf(text).replace(/[０-９]/g, (figure) => String.fromCharCode(figure.charCodeAt(0) - 0xfee0));

/** What is written on each sheet that was taken. */
async function written(paper: readonly string[]): Promise<string[]> {
  const sheets: string[] = [];
  for (const file of paper) {
    const { glyphs } = await readFront(sharedReader(), file);
    sheets.push(plain(glyphs.map(({ text }) => text).join('')));
  }
  return sheets;
}

test.each(certificateKinds)('%s', async (kind) => {
  const isTax = kind.startsWith('tax-');
  const heard: Offers[] = [];
  const wishes = { kind, scope: undefined, ...(isTax && YEAR) };
  const { end, paper } = await stage.use(personFor(kind), wishes, { onOffers: (offers) => void heard.push(offers) });
  expect(end.code).toBe('OK');
  const [offered] = heard;
  const offer = offered?.offers.find((one) => one.kind === kind);
  const chosen = offered?.persons.filter(
    ({ personRef, isSelf }) => offer?.personRefs?.includes(personRef) && (isSelf || kind === 'koseki-full'),
  );
  expect(chosen?.length).toBeGreaterThan(0);
  const sheets = await written(paper);
  const [first = ''] = sheets;
  expect(first).toContain(titles[kind]);
  expect(first.includes(YEAR_ON_PAPER)).toBe(isTax);
  for (const { name } of chosen ?? []) expect(sheets.join('')).toContain(plain(name));
  const reference = orderReferenceOf(end.orderId ?? '');
  sheets.forEach((sheet, i) => {
    expect(sheet).toContain(`${reference}${i + 1}/${sheets.length}`);
  });
});

test('at the glass: a 所得証明書 of another year than the newest', async () => {
  const wish = { card: chipOf(stage.card('family-head').file), pin: CARD_PIN, kind: 'tax-income' as const, ...YEAR };
  const one = visit(at.glass, at.hands, wish);
  await one.goOn('confirm');
  expect(await at.glass.text()).toContain(YEAR_ON_PAPER);
  await one.goOn('receipt');
  const [sheet = ''] = await written(one.paper);
  expect(sheet).toContain(titles['tax-income']);
  expect(sheet).toContain(YEAR_ON_PAPER);
  await at.glass.press('done');
  await at.glass.at('menu');
});

test('at the glass: a 戸籍個人事項証明書 of somebody else in the 戸籍, chosen by 名', async () => {
  const card = chipOf(stage.card('family-head').file);
  const one = visit(at.glass, at.hands, {
    card,
    pin: CARD_PIN,
    kind: 'koseki-individual',
    scope: 'part',
    persons: [2],
  });
  await one.goOn('persons');
  const names = await at.glass.page.locator('[data-act="person"] .choice-title').allInnerTexts();
  const [self = '', other = ''] = names;
  expect(self.length * other.length).toBeGreaterThan(0);
  await one.goOn('confirm');
  const confirmed = await at.glass.text();
  expect([confirmed.includes(other), confirmed.includes(self)]).toEqual([true, false]);
  await one.goOn('receipt');
  const [sheet = ''] = await written(one.paper);
  expect(sheet).toContain(titles['koseki-individual']);
  expect(sheet).toContain(`【名】${plain(other)}`);
  expect(sheet).not.toContain(`【名】${plain(self)}`);
  await at.glass.press('done');
  await at.glass.at('menu');
});

test('afterwards all books agree, nothing is suspended, and every kind was counted as what it is', async () => {
  expect(await disagreements(stage, [stage.kiosk, at.kiosk])).toEqual([]);
  expect(await suspensions(stage)).toEqual([]);
  const rows = await stage.chain.centerDb.db.query<{ kind: CertificateKind; copies: number }>(
    "select kind, sum(copies)::int as copies from orders where state = 'settled' group by kind",
  );
  const counted = Object.fromEntries(rows.map(({ kind, copies }) => [kind, copies]));
  const once = Object.fromEntries(certificateKinds.map((kind) => [kind, 1]));
  expect(counted).toEqual({ ...once, 'tax-income': 2, 'koseki-individual': 2 });
});
