import { createPdfReader, inspectCertificate, lettersOf, namesOn } from '@machikado/inspection';
import type { Koseki, KosekiMember } from '@machikado/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateContent } from '../../../ports.ts';
import { expectationOf } from '../../expectation-of.ts';
import { formOn, readWording } from '../../form-contract.ts';
import {
  adoptee,
  alone,
  bare,
  born,
  child,
  event,
  eventful,
  family,
  husband,
  kosekiOrder,
  longTexts,
  manyEvents,
  nine,
  wife,
} from '../../testing/family-registers.ts';
import { typesetFaulty } from '../../testing/faulty-form.ts';
import { typesetCertificate } from '../../typeset-certificate.ts';
import { createTypesetter } from '../../typesetter.ts';
import { formOf } from '../index.ts';

const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const versionOf = ({ kind, issuedOn }: CertificateContent) => formOn(kind, issuedOn);
const typeset = (order: CertificateContent) => typesetCertificate(order, typesetter);

async function findingsOn(pdf: Uint8Array, order: CertificateContent, moved: readonly string[] = []) {
  return inspectCertificate(await reader.read(pdf), expectationOf(order, versionOf(order), moved));
}
/** What the look finds when `printed` was typeset where `ordered` should have been. */
async function mistaken(printed: CertificateContent, ordered: CertificateContent) {
  return findingsOn((await typeset(printed)).pdf, ordered);
}
const where = (findings: Awaited<ReturnType<typeof findingsOn>>) => findings.map((finding) => finding.where);

async function textsOf(order: CertificateContent): Promise<string[]> {
  const reading = await reader.read((await typeset(order)).pdf);
  return reading.pages.map(({ glyphs }) => glyphs.map(({ text }) => text).join(''));
}

describe('the honest document passes the inspection and names whom it is about', () => {
  test.each<[string, Koseki, number]>([
    ['three persons', family(), 2],
    ['one person, 改製 and 転籍', alone, 1],
    ['divorced, adopted, deceased', eventful, 3],
    ['nine persons', nine, 4],
    ['forty events', manyEvents, 4],
    ['long texts', longTexts, 1],
    ['nothing but what must be there', bare, 1],
  ])('全部事項: %s', async (_, koseki, pages) => {
    const order = kosekiOrder('koseki-full', koseki);
    const { pdf, nameBoxes } = await typeset(order);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, versionOf(order)))).toEqual([]);
    expect(reading.pages).toHaveLength(pages);
    expect(namesOn(reading, nameBoxes)).toEqual(order.persons.map(({ name }) => lettersOf(name)));
  });

  test.each<[string, Koseki, readonly string[]]>([
    ['one of three', family(), ['R3']],
    ['two, asked for in another order', family(), ['R3', 'R1']],
    ['an adopted child', eventful, ['R4']],
    ['one of nine', nine, ['R7']],
    ['who was removed', eventful, ['R5']],
    ['one with forty events', manyEvents, ['R1']],
  ])('個人事項: %s', async (_, koseki, residentIds) => {
    const order = kosekiOrder('koseki-individual', koseki, { residentIds });
    const { pdf, nameBoxes } = await typeset(order);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, versionOf(order)))).toEqual([]);
    expect(namesOn(reading, nameBoxes)).toEqual(order.persons.map(({ name }) => lettersOf(name)));
  });

  test('本籍 and 筆頭者 that are too long go on to the 続紙', async () => {
    const order = kosekiOrder('koseki-full', family([husband], { address: '籍'.repeat(400), head: '筆'.repeat(200) }));
    const { pdf, moved } = await typeset(order);
    expect(moved).toEqual(['sheet address', 'sheet head']);
    expect(await findingsOn(pdf, order, moved)).toEqual([]);
  });

  test('the most that a 戸籍 can say in one line still fits', async () => {
    const wide = event('題'.repeat(20), ['項'.repeat(38), '値'.repeat(400)], ['項'.repeat(38), 'W'.repeat(400)]);
    const order = kosekiOrder('koseki-full', family([{ ...husband, events: [wide] }]));
    const { pdf, moved } = await typeset(order);
    expect(moved).toEqual([]);
    expect(await findingsOn(pdf, order)).toEqual([]);
  });
});

describe('what stands on it', () => {
  test('全部事項 shows who was removed, framed 除籍, but gives center and kiosk only the names of who is recorded', async () => {
    const order = kosekiOrder('koseki-full', eventful);
    const { nameBoxes } = await typeset(order);
    const texts = (await textsOf(order)).join('');
    expect(texts.match(/除籍/g)).toHaveLength(2);
    expect(texts).toContain('波子');
    expect(nameBoxes.map(({ name }) => name)).toEqual(['一郎', '𠮷乃', '神\uFA19太']);
  });

  test('個人事項 shows the 戸籍事項 and of the persons only those asked for', async () => {
    const [text = ''] = await textsOf(kosekiOrder('koseki-individual', eventful, { residentIds: ['R4'] }));
    expect(text).toContain('【改製日】平成１８年３月１１日');
    expect(text).toContain('【名】神\uFA19太');
    expect(text).not.toContain('【名】一郎');
    expect(text.match(/戸籍に記録されている者/g)).toHaveLength(1);
  });

  test('names are read back code point by code point', async () => {
    const names = ['𠮷野髙﨑', '神\uFA19', '葛\u{E0100}西辻\u{E0100}'];
    const order = kosekiOrder('koseki-full', family(names.map((name, i) => ({ ...husband, ...ids(i + 1), name }))));
    const { pdf, nameBoxes } = await typeset(order);
    expect(namesOn(await reader.read(pdf), nameBoxes)).toEqual(names);
  });

  test('認証文 and 公印 stand on the last sheet alone, 本籍 and 氏名 on all', async () => {
    const order = kosekiOrder('koseki-full', eventful);
    const texts = await textsOf(order);
    expect(texts.map((text) => text.includes('証明した書面である'))).toEqual([false, false, true]);
    expect(texts.map((text) => text.includes('本籍架空県夕凪市浜風二丁目１番氏名夕凪　一郎'))).toEqual([
      true,
      true,
      true,
    ]);
    expect((await typeset(order)).freeBoxes.map(({ page }) => page)).toEqual([3]);
  });

  test('no heading stands alone at the foot of a sheet', async () => {
    for (let lines = 0; lines < 6; lines += 1) {
      const filler = event('記載', ...Array.from({ length: 10 + lines }, (_, i) => [`行${i}`, '文'] as const));
      const order = kosekiOrder('koseki-full', family([wife, husband, child], { events: [filler] }));
      for (const text of await textsOf(order)) expect(text).not.toMatch(/身分事項0f1e2d3c4b5a6978/);
      expect(await mistaken(order, order)).toEqual([]);
    }
  });

  test('a group that goes on to the next sheet says so', async () => {
    const [, , third] = await textsOf(kosekiOrder('koseki-full', eventful));
    expect(third).toMatch(/死\s*亡（続き）【死亡時分】/);
  });
});

describe('a fault on the way to the paper is found', () => {
  const order = kosekiOrder('koseki-full', eventful);
  const of = (members: readonly KosekiMember[], changes: Partial<Koseki> = {}) =>
    kosekiOrder('koseki-full', { ...eventful, members: [...members], ...changes });
  const withMember = (index: number, changes: Partial<KosekiMember>) =>
    of(eventful.members.map((member, i) => (i === index ? { ...member, ...changes } : member)));

  const { rows = [] } = formOf(order.kind).expected(order, readWording(versionOf(order)).words ?? {});
  /** The row of the n-th line with this label, from 0. */
  const rowOf = (label: string, n: number) =>
    `row ${rows.flatMap((row, index) => (row.label === label ? [index] : []))[n]}`;

  test('one digit', async () => {
    const wrong = withMember(0, { events: [born('昭和６０年３月６日'), ...husband.events.slice(1)] });
    expect(where(await mistaken(wrong, order))).toEqual([rowOf('【出生日】', 0), rowOf('【届出日】', 0)]);
  });

  test('a letter without its variation selector', async () => {
    expect(where(await mistaken(withMember(3, { adoptiveMother: '葛子' }), order))).toEqual([rowOf('【養母】', 0)]);
  });

  test('two events in each other’s place', async () => {
    const swapped = withMember(3, { events: [...adoptee.events].reverse() });
    expect(new Set((await mistaken(swapped, order)).map(({ code, page }) => `${page} ${code}`))).toEqual(
      new Set(['2 text-differs']),
    );
  });

  test('a row missing', async () => {
    const fewer = eventful.events.map(({ title, items }) => ({ title, items: items.slice(0, 2) }));
    expect(where(await mistaken(of(eventful.members, { events: fewer }), order))).toContain('row 6');
  });

  test('a row of another person', async () => {
    expect(where(await mistaken(withMember(2, { father: '霧笛波太郎' }), order))).toEqual([rowOf('【父】', 2)]);
  });

  test('an event of another person', async () => {
    const theirs = withMember(2, { events: adoptee.events.slice(0, 1) });
    expect(where(await mistaken(theirs, order))).toEqual([
      rowOf('【出生日】', 2),
      rowOf('【届出日】', 3),
      rowOf('【届出人】', 3),
    ]);
  });

  test('F4: page 2 of another 戸籍 among the right ones', async () => {
    const stranger = kosekiOrder('koseki-full', { ...eventful, address: '架空県霧笛町港一番', head: '霧笛　次郎' });
    const faulty = typesetFaulty(order, versionOf(order), [
      'list.push(("sheet " + key, box, sheet.cells.at(key),',
      'list.push(("sheet " + key, box, if sheet.rows.first().text == "𠮷乃" { "他人" } else { sheet.cells.at(key) },',
    ]);
    expect((await findingsOn(faulty, order)).map(({ page }) => page)).toEqual([2, 2, 2]);
    expect(await mistaken(stranger, order)).toEqual(
      [1, 2, 3].flatMap((page) =>
        ['sheet address', 'sheet head'].map((cell) => ({ code: 'text-differs', page, where: cell })),
      ),
    );
  });

  test('F4: page 2 with the rows of another family under the right 本籍', async () => {
    const theirs = eventful.members.map((member, i) =>
      i === 2 ? { ...member, name: '𠮷子', birth: wife.birth } : member,
    );
    expect(await mistaken(of(theirs), order)).toEqual([
      { code: 'text-differs', page: 2, where: rowOf('【名】', 2) },
      { code: 'text-differs', page: 2, where: rowOf('【生年月日】', 2) },
    ]);
  });

  test('F4: two sheets in each other’s place', async () => {
    const pdf = typesetFaulty(
      order,
      versionOf(order),
      ['for (index, sheet) in data.sheets.enumerate() {', 'for (index, sheet) in data.sheets.enumerate().rev() {'],
      ['if index > 0 { pagebreak() }', 'if index < data.sheets.len() - 1 { pagebreak() }'],
    );
    expect((await findingsOn(pdf, order)).map(({ code }) => code)).toContain('page-number');
  });

  test('somebody of the 戸籍 left out', async () => {
    const found = await mistaken(of(eventful.members.slice(0, 4)), order);
    expect(found.map(({ code }) => code)).toContain('page-count');
  });

  test('除籍 not said of who was removed', async () => {
    expect(where(await mistaken(withMember(1, { status: 'recorded' }), order))).toEqual([
      `${rowOf('【生年月日】', 1)} mark`,
    ]);
  });

  test('除籍 said of who is recorded', async () => {
    expect(where(await mistaken(withMember(2, { status: 'removed' }), order))).toEqual([
      `${rowOf('【名の振り仮名】', 1)} group`,
      `${rowOf('【名の振り仮名】', 1)} group`,
    ]);
  });

  test('somebody who was not asked for', async () => {
    const individual = kosekiOrder('koseki-individual', eventful, { residentIds: ['R4'] });
    const more = kosekiOrder('koseki-individual', eventful, { residentIds: ['R3', 'R4'] });
    expect((await mistaken(more, individual)).length).toBeGreaterThan(0);
  });

  test('全部 certified where only some stand', async () => {
    const individual = kosekiOrder('koseki-individual', family([husband]), { residentIds: ['R1'] });
    const pdf = typesetFaulty(individual, versionOf(kosekiOrder('koseki-full', family([husband]))));
    expect(where(await findingsOn(pdf, individual))).toEqual(['title', 'certification']);
  });

  test('no seal', async () => {
    const pdf = typesetFaulty(order, versionOf(order), ['at(seal, image', 'let _ = (seal, image']);
    expect(await findingsOn(pdf, order)).toEqual([{ code: 'seal-missing', page: 3, where: 'seal' }]);
  });
});

function ids(order: number) {
  return { residentId: `R${order}`, order };
}
