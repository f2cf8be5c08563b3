/** Refusals because of what would stand on the paper: a letter without its glyph, a text too long, persons who are no longer there. */
import { countGraphemes } from '@machikado/domain';
import type { RegistryRecord } from '@machikado/protocol';
import { type Case, presentPeople } from './case.ts';
import type { RefusalRule } from './refusal-rule.ts';

export const paperRules: readonly RefusalRule[] = [
  {
    id: 'glyph-missing',
    kinds: 'all',
    whom: 'paper',
    condition: 'a letter, or its exact variant, is in no font of the form',
    applies: (c) => c.printedTexts.filter((text) => c.missingGlyphs(text).length > 0).length > 0,
    code: 'USE_COUNTER',
    staffReason: '帳票のフォントにない文字（または異体字）を含む',
    source: '行政事務標準文字; 別字への置換えをしない（設計の原則）',
  },
  {
    id: 'too-long',
    kinds: 'all',
    whom: 'paper',
    condition: 'a name or an address that would be printed is longer than the municipality’s limit',
    applies: hasTooLong,
    code: 'USE_COUNTER',
    staffReason: '氏名または住所が上限より長い',
    source: '団体の設定（帳票の欄の大きさ）',
  },
  {
    id: 'selection-outdated',
    kinds: 'all',
    whom: 'book',
    condition: 'who was chosen is not who stands there now, or does not fit the 交付種別',
    applies: (c) => c.strangers > 0 || !matchesScope(c),
    code: 'RECORD_CHANGED',
    staffReason: '選択された者が現在の記録と一致しない',
    source: '住民基本台帳法 第12条（写しは現在の記録による）',
  },
];

/** Of the texts on the paper those that are a name or an address of the record; sentences of a 戸籍 wrap as long as they like. */
function hasTooLong({ record, limits, printedTexts }: Case): boolean {
  const printed = new Set(printedTexts);
  const tooLong = (texts: readonly string[], lettersMax: number) =>
    texts.filter((text) => printed.has(text) && countGraphemes(text) > lettersMax).length > 0;
  return [tooLong(namesIn(record), limits.nameLettersMax), tooLong(addressesIn(record), limits.addressLettersMax)].some(
    (found) => found,
  );
}

function namesIn({ headName, members, koseki, addressHistory }: RegistryRecord): string[] {
  const parents = (koseki?.members ?? []).flatMap((p) => [p.father, p.mother, p.adoptiveFather, p.adoptiveMother]);
  const residents = members.flatMap((p) => [p.name, p.formerName, p.commonName, p.registeredDomicile?.head]);
  const kana = members.flatMap((p) => [p.nameKana, p.formerNameKana]);
  const registered = [...(koseki?.members ?? []), ...(addressHistory?.members ?? [])].map((p) => p.name);
  const names = [headName, koseki?.head, addressHistory?.head, ...residents, ...kana, ...registered, ...parents];
  return names.flatMap((name) => name ?? []);
}

function addressesIn({ address, members, tax, koseki, addressHistory }: RegistryRecord): string[] {
  const lived = (addressHistory?.members ?? []).flatMap((p) => p.addresses.map((stay) => stay.address));
  const residents = members.flatMap((p) => [p.previousAddress, p.registeredDomicile?.address]);
  const addresses = [address, tax?.addressOnNewYear, koseki?.address, addressHistory?.address, ...residents, ...lived];
  return addresses.flatMap((text) => text ?? []);
}

function matchesScope(c: Case): boolean {
  const chosen = new Set(c.selected.map(({ residentId }) => residentId));
  switch (c.scope) {
    case 'self':
      return chosen.size === 1 && chosen.has(c.applicantId);
    case 'household':
      return chosen.size === presentPeople(c.kind, c.record, c.applicantId).length;
    case 'part':
      return chosen.size > 0;
  }
}
