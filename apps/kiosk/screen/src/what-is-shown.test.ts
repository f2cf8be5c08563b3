/** What stands on the glass, as markup: the words that a resident must not miss. */
import type { SceneOfStep } from '@machikado/protocol';
import { catalogues, languages } from '@machikado/ui';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { App } from './app.tsx';
import { GlassProvider } from './glass.tsx';
import { openGlass, scenes } from './testing/scenes.ts';

const { ja } = catalogues;
const markupOf = ({ actor }: ReturnType<typeof openGlass>) =>
  renderToStaticMarkup(
    createElement(GlassProvider, { actor } as Parameters<typeof GlassProvider>[0], createElement(App)),
  );
function shown(scene: SceneOfStep): string {
  const glass = openGlass();
  glass.tell(scene);
  return markupOf(glass);
}
const doneButton = /<button[^>]*data-act="done"[^>]*>/;

test('a broken wire promises to go on by itself; an agent that was started anew does not', () => {
  const glass = openGlass();
  glass.tell(scenes.pay);
  glass.actor.send({ type: 'lost' });
  expect(markupOf(glass)).toContain(ja.disconnected.about);
  glass.actor.send({ type: 'refused' });
  expect(markupOf(glass)).toContain(ja.disconnected.refused);
  expect(markupOf(glass)).not.toContain(ja.disconnected.about);
  expect(markupOf(glass)).toContain(ja.disconnected.money);
});

test('a card that lies there at ⑭ is called for on the glass, and the button waits for it', () => {
  const lies = shown({ ...scenes.receipt, cardInside: true });
  expect(lies).toContain(ja.ended.takeCard);
  expect(lies).toMatch(new RegExp(`<h1[^>]*>${ja.headings['card-away']}`));
  expect(lies.match(doneButton)?.[0]).toContain('disabled');
  const gone = shown(scenes.receipt);
  expect(gone).not.toContain(ja.ended.takeCard);
  expect(gone.match(doneButton)?.[0]).not.toContain('disabled');
});

test('before the last try at ④ there is the question alone; the keys come with the answer', () => {
  const glass = openGlass();
  glass.tell(scenes.lastTry);
  for (const words of [ja.pin.wrong, ja.pin.lastTryTitle, ja.pin.lastTry, ja.buttons.lastTry])
    expect(markupOf(glass)).toContain(words);
  expect(markupOf(glass)).not.toContain('data-act="digit"');
  glass.press('last-try');
  expect(markupOf(glass)).toContain('data-act="digit"');
  expect(markupOf(glass)).toContain(ja.pin.lastTryTitle);
  expect(markupOf(glass)).not.toContain(ja.buttons.lastTry);
});

test('several faults stand one below the other', () => {
  const machine = { faults: ['media-empty', 'coin-unit-jam'], warnings: [] } as const;
  const markup = shown({ ...scenes.menu, machine });
  for (const fault of machine.faults) expect(markup).toContain(`<li>${ja.status.faults[fault]}</li>`);
});

test('① a center that can let nobody in says so in the words of the refusal, in each language, and nobody can begin', () => {
  const closed = { ...scenes.menu.status, open: false };
  const away = { ...scenes.menu, status: { ...closed, reason: 'revocation-unavailable' as const } };
  for (const language of languages) {
    const glass = openGlass();
    glass.tell(scenes.menu);
    glass.press(`language ${language}`);
    glass.tell(away);
    const { sentences, status } = catalogues[language];
    expect(markupOf(glass)).toContain(sentences.REVOCATION_STATUS_UNAVAILABLE);
    for (const other of [status.allWell, status.centerClosed, status.centerAway])
      expect(markupOf(glass)).not.toContain(other);
    expect(markupOf(glass).match(/<button[^>]*data-act="begin"[^>]*>/)?.[0]).toContain('disabled');
  }
  expect(shown({ ...scenes.menu, status: closed })).toContain(ja.status.centerClosed);
});

test('many shut towns are counted, and only the first are named', () => {
  const kinds = [{ kind: 'resident-record', open: false, reason: 'closed' } as const];
  const municipalities = Array.from({ length: 30 }, (_, i) => ({
    ...{ lgCode: String(i).padStart(6, '0'), name: `仮想県市${i}`, kinds },
  }));
  const markup = shown({ ...scenes.municipality, status: { ...scenes.municipality.status, municipalities } });
  expect(markup).toContain(ja.status.shutCount(30));
  expect(markup).toContain(ja.status.shutMore(22));
  expect(markup.match(/仮想県市/g)?.length).toBeLessThanOrEqual(8);
});

test('paper that ran low: ⑩ says so and waits for another number of copies', () => {
  const glass = openGlass();
  glass.tell(scenes.choose);
  glass.press('kind resident-record', 'next', 'scope self', 'next', 'next', 'copies 4', 'next');
  expect(markupOf(glass)).not.toContain(ja.choose.paperLeft(1));
  glass.tell({ ...scenes.choose, sheetsLeft: 1 });
  expect(markupOf(glass)).toContain(ja.choose.paperLeft(1));
  expect(markupOf(glass).match(/<button[^>]*data-act="order"[^>]*>/)?.[0]).toContain('disabled');
  glass.press('correct copies', 'copies 1', 'next');
  expect(glass.actor.getSnapshot().value).toBe('confirm');
  expect(markupOf(glass).match(/<button[^>]*data-act="order"[^>]*>/)?.[0]).not.toContain('disabled');
});

test('a scope is told in the words of the book: 世帯 of a 住民票, 戸籍 of a 戸籍の附票', () => {
  const glass = openGlass();
  glass.tell(scenes.chooseAmongMany);
  glass.press('kind koseki-address-history', 'next');
  expect(markupOf(glass)).toContain(ja.choose.scopes.koseki.household.title);
  expect(markupOf(glass)).not.toContain('世帯');
});

test('個人番号 on the paper is said with its reason before, and once more at ⑩', () => {
  const glass = openGlass();
  glass.tell(scenes.chooseAmongMany);
  glass.press('kind resident-record', 'next', 'item my-number:on', 'next');
  const { why, reminder } = ja.choose.cautions['my-number'];
  for (const sentence of why) expect(markupOf(glass)).toContain(sentence);
  glass.press('agree my-number');
  expect(markupOf(glass)).toContain(reminder);
  glass.press('correct items', 'item my-number:off', 'next');
  expect(markupOf(glass)).toContain('data-act="order"');
  expect(markupOf(glass)).not.toContain(reminder);
});

test('the 年度 stands at ⑩, and in other languages as on the paper too', () => {
  const glass = openGlass();
  glass.tell(scenes.card);
  glass.press('language en');
  glass.tell(scenes.chooseAmongMany);
  glass.press('group tax', 'kind tax-income', 'next', 'year 2025', 'next');
  expect(markupOf(glass)).toContain('Fiscal year 2025');
  expect(markupOf(glass)).toContain('令和7年度');
});

test('an entry of several kinds says which of them was chosen, and their fee where it is one', () => {
  const glass = openGlass();
  glass.tell(scenes.chooseAmongMany);
  const entry = (group: string) =>
    markupOf(glass).match(new RegExp(`<button[^>]*data-act="group" data-value="${group}".*?</button>`))?.[0];
  expect(entry('koseki')).toContain(ja.choose.feePerCopy(ja.yen(450)));
  expect(entry('tax')).not.toContain('円');
  glass.press('group tax', 'kind tax-payment', 'back');
  expect(entry('tax')).toContain(ja.choose.kinds['tax-payment'].title);
});
