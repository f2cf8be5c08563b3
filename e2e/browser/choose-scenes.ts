/** ⑥ to ⑩ for the table of pictures. The glass walks through them by itself, so each row says which buttons lead there. */
import { type CertificateKind, certificateKinds, type Offer, type Offers, type SceneOfStep } from '@machikado/protocol';
import { generateTown } from '@machikado/registry';
import type { Picture } from './picture.ts';

const town = generateTown('990019', 'yunagi');
type PersonaKey = keyof typeof town.personas;
type Person = Offers['persons'][number];

const record: Offer = {
  kind: 'resident-record',
  scopes: ['household', 'part', 'self'],
  items: ['relationship', 'registered-domicile'],
  feeYen: 200,
  copiesMax: 10,
};

function peopleOf(persona: PersonaKey, others: readonly PersonaKey[] = []): Person[] {
  const own = town.households.find(({ members }) =>
    members.some(({ residentId }) => residentId === town.personas[persona]),
  );
  const more = town.households.flatMap(({ members }) =>
    members.filter(({ residentId }) => others.some((key) => town.personas[key] === residentId)),
  );
  return [...(own?.members ?? []), ...more].map(({ name, residentId }, i) => ({
    personRef: String(i).padStart(32, '0'),
    name,
    isSelf: residentId === town.personas[persona],
  }));
}

const choose = (persons: Person[], offers: Offer[] = [record]): SceneOfStep => ({
  step: 'choose',
  offers: { sessionId: '0'.repeat(32), lgCode: '990019', persons, offers },
  municipality: '架空県夕凪市',
  sheetsLeft: 250,
});

const family = peopleOf('family-head');
const crowd = peopleOf('nine', ['long-name', 'foreign-alias', 'foreign-no-kana', 'ivs-name']);
const ordinary = choose(family);
const crowded = choose(crowd);

/** The 戸籍 names its people by their 名. */
const inKoseki = family.map(({ name, isSelf }, i) => ({
  personRef: `f${i}`.padStart(32, '0'),
  name: name.split('　').at(-1) ?? name,
  isSelf,
}));
const ofFamily = { personRefs: family.map(({ personRef }) => personRef) };
const alone = { ...ofFamily, scopes: ['self' as const], items: [], feeYen: 200, copiesMax: 10 };
const koseki = { personRefs: inKoseki.map(({ personRef }) => personRef), items: [], feeYen: 450, copiesMax: 10 };

function offerOf(kind: CertificateKind): Offer {
  if (kind === 'resident-record')
    return {
      ...{ ...record, ...ofFamily },
      items: [...record.items, 'my-number', 'previous-address', 'foreign-resident-items'],
    };
  if (kind === 'resident-record-items')
    return {
      ...{ ...record, ...ofFamily, kind },
      items: ['birth', 'sex', ...record.items, 'my-number', 'resident-since', 'previous-address'],
    };
  if (kind === 'koseki-full') return { kind, scopes: ['household'], ...koseki };
  if (kind === 'koseki-individual') return { kind, scopes: ['part', 'self'], ...koseki };
  if (kind === 'koseki-address-history')
    return { kind, scopes: record.scopes, ...koseki, items: ['registered-domicile', 'overseas-elector'], feeYen: 300 };
  return { kind, ...alone, ...(kind.startsWith('tax-') && { fiscalYears: [2026, 2025, 2024, 2023, 2022, 2021] }) };
}
const all = choose([...family, ...inKoseki], certificateKinds.map(offerOf));
const atHonseki = choose(inKoseki, certificateKinds.slice(-3).map(offerOf));

const KIND = 'kind=resident-record';
const toScope = [KIND, 'next'];
const toPersons = [...toScope, 'scope=part', 'next'];
const toItems = [...toScope, 'scope=household', 'next'];
const toCopies = [...toItems, 'next'];
const toConfirm = [...toCopies, 'next'];
const everybody = crowd.map(({ personRef }) => `person=${personRef}`);

const toYear = ['group=tax', 'kind=tax-income-assessment', 'next'];
const toKosekiPersons = ['group=koseki', 'kind=koseki-individual', 'next', 'scope=part', 'next'];
const toCaution = [...toItems, 'item=my-number:on', 'item=registered-domicile:on', 'next'];

export const choosePictures: readonly Picture[] = [
  { name: 'kind', scene: ordinary },
  { name: 'kind, more time?', scene: { ...ordinary, endsInSeconds: 30 } },
  { name: 'kind, chosen', scene: ordinary, press: [KIND] },
  { name: 'kind, nothing offered', scene: choose(peopleOf('single'), []) },
  { name: 'kind, all kinds', scene: all },
  { name: 'kind, one of a group chosen', scene: all, press: ['group=tax', 'kind=tax-income-assessment', 'back'] },
  { name: 'kind, of the registered domicile', scene: atHonseki },
  { name: 'kind-group, tax', scene: all, press: ['group=tax'] },
  { name: 'kind-group, tax, chosen', scene: all, press: ['group=tax', 'kind=tax-income-assessment'] },
  { name: 'kind-group, koseki', scene: all, press: ['group=koseki'] },
  { name: 'scope', scene: ordinary, press: toScope },
  { name: 'scope, koseki', scene: all, press: ['kind=koseki-address-history', 'next'] },
  { name: 'persons', scene: ordinary, press: toPersons },
  { name: 'persons, crowded', scene: crowded, press: [...toPersons, ...everybody.slice(0, 5)] },
  { name: 'persons, koseki', scene: all, press: toKosekiPersons },
  { name: 'year', scene: all, press: [...toYear, 'year=2025'] },
  { name: 'items', scene: ordinary, press: toItems },
  { name: 'items, one on', scene: ordinary, press: [...toItems, 'item=relationship:on'] },
  {
    name: 'items, chosen items of the record',
    scene: all,
    press: ['kind=resident-record-items', 'next', 'scope=self', 'next', 'item=birth:on'],
  },
  { name: 'caution, my number', scene: all, press: toCaution },
  { name: 'copies', scene: ordinary, press: toCopies },
  {
    name: 'copies, most',
    scene: ordinary,
    press: [...toCopies, ...Array.from({ length: 9 }, (_, i) => `copies=${i + 2}`)],
  },
  { name: 'confirm', scene: ordinary, press: toConfirm },
  {
    name: 'confirm, crowded',
    scene: crowded,
    press: [...toPersons, ...everybody, 'next', 'item=relationship:on', 'item=registered-domicile:on', 'next', 'next'],
  },
  {
    name: 'confirm, one long name',
    scene: choose(peopleOf('long-name')),
    press: [KIND, 'next', 'scope=self', 'next', 'next', 'next'],
  },
  { name: 'confirm, my number', scene: all, press: [...toCaution, 'agree=my-number', 'next'] },
  { name: 'confirm, fiscal year', scene: all, press: [...toYear, 'year=2025', 'next', 'next'] },
  {
    name: 'confirm, koseki',
    scene: all,
    press: [...toKosekiPersons, ...inKoseki.slice(0, 3).map(({ personRef }) => `person=${personRef}`), 'next', 'next'],
  },
  { name: 'correcting', scene: ordinary, press: [...toConfirm, 'correct=items'] },
];
