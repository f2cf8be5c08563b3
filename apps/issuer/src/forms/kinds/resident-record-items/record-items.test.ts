import { createPdfReader, inspectCertificate, lettersOf, textIn } from '@machikado/inspection';
import { afterAll, describe, expect, test } from 'vitest';
import { kindFacts } from '../../../kinds/kind-facts.ts';
import type { CertificateContent } from '../../../ports.ts';
import { expectationOf } from '../../expectation-of.ts';
import { formOn } from '../../form-contract.ts';
import { type GalleryCase, galleryCase } from '../../testing/gallery/gallery-case.ts';
import { foreigners, numbered, withFamily } from '../../testing/gallery/people.ts';
import { cases } from '../../testing/gallery/resident-record-items.ts';
import { typesetCertificate } from '../../typeset-certificate.ts';
import { createTypesetter } from '../../typesetter.ts';

const kind = 'resident-record-items';
const formVersion = formOn(kind, '2026-11-22');
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

/** Findings on a paper of `drawn` by somebody who expects `wanted`. */
async function found(drawn: CertificateContent, wanted = drawn): Promise<string[]> {
  const { pdf, moved } = await typesetCertificate(drawn, typesetter);
  const findings = inspectCertificate(await reader.read(pdf), expectationOf(wanted, formVersion, moved));
  return findings.map(({ code, where }) => `${code} ${where}`);
}
async function wordsOn({ content }: GalleryCase): Promise<string> {
  const { pages } = await reader.read((await typesetCertificate(content, typesetter)).pdf);
  return pages.map((page) => lettersOf(textIn(page, { xMm: 0, yMm: 0, wMm: 210, hMm: 297 }))).join('');
}

test.each(cases)('sound: $shows', async ({ content }) => {
  expect(await found(content)).toEqual([]);
});

describe('nothing stands on it that was not chosen', () => {
  test.each(kindFacts[kind].items)('%s', async (item) => {
    const { content } = galleryCase(kind, 'chosen', '', {
      ...numbered,
      members: [...numbered.members, ...foreigners.members],
    });
    const without = kindFacts[kind].items.filter((one) => one !== item);
    const wrong = await found({ ...content, items: kindFacts[kind].items }, { ...content, items: without });
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every((finding) => finding.startsWith('text-differs'))).toBe(true);
  });

  test('住所 and 氏名 alone', async () => {
    const words = await wordsOn(galleryCase(kind, 'none', '', numbered));
    expect(words).toContain('夕凪一郎');
    for (const secret of ['昭和60年', '000000000000', '霧笛町', '世帯主夕凪', 'フィリピン', '平成24年'])
      expect(words).not.toContain(secret);
  });
});

test('the sentence says whether all of the household, some of it, or one person is meant', async () => {
  const sentences = { household: '世帯全員の住民票に', part: '世帯の一部の住民票に', self: '上記は、住民票に' };
  for (const [scope, words] of Object.entries(sentences) as [CertificateContent['scope'], string][])
    expect(await wordsOn(galleryCase(kind, scope, '', withFamily, { scope }))).toContain(words);
});
