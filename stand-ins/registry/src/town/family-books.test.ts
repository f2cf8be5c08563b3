import { earliestDay, testMunicipalities } from '@machikado/domain';
import { AddressHistory, Koseki, type RegistryPerson } from '@machikado/protocol';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { generateTown } from './generate-town.ts';
import { kosekiDate } from './koseki-events.ts';
import type { PersonaKey } from './personas.ts';
import { givenOf } from './relatives.ts';
import type { Town } from './town.ts';

const towns = [...testMunicipalities.keys()].map((lgCode) => generateTown(lgCode, 'test')) as [Town, Town];

function kosekiOf({ koseki, personas }: Town, key: PersonaKey): Koseki {
  const found = koseki.find(({ members }) =>
    members.some(({ residentId, status }) => residentId === personas[key] && status === 'recorded'),
  );
  if (!found) throw new RangeError(`no 戸籍 of ${key}`);
  return found;
}
const memberOf = (town: Town, key: PersonaKey) =>
  kosekiOf(town, key).members.find(({ residentId }) => residentId === town.personas[key]) as Koseki['members'][number];
const titlesOf = ({ events }: { readonly events: Koseki['events'] }) => events.map(({ title }) => title);
const linesOf = ({ events, members }: Koseki) =>
  [...events, ...members.flatMap((member) => member.events)].reduce((total, { items }) => total + items.length, 0) +
  members.length * 6;

test.each(towns)('$name: whoever has the 本籍 here stands in one 戸籍 and its 附票, under the same names', (town) => {
  const books = new Map(town.koseki.map((koseki) => [koseki.address, koseki]));
  const histories = new Map(town.addressHistories.map((history) => [history.kosekiId, history]));
  expect(books.size).toBe(town.koseki.length);
  for (const { address, members } of town.households)
    for (const person of members) {
      const { registeredDomicile } = person;
      const koseki = registeredDomicile && books.get(registeredDomicile.address);
      expect(koseki !== undefined && koseki !== null).toBe(
        registeredDomicile?.address.startsWith(`架空県${town.name}`) ?? false,
      );
      if (!koseki) continue;
      expect(koseki.head).toBe(registeredDomicile.head);
      const own = koseki.members.filter(({ residentId }) => residentId === person.residentId);
      expect(own).toMatchObject([{ name: givenOf(person.name), birth: person.birth, protection: person.protection }]);
      expect(own[0]?.status).toBe(person.status === 'deceased' ? 'removed' : 'recorded');
      expectHistory(histories.get(koseki.kosekiId), person, address);
    }
});

function expectHistory(history: AddressHistory | undefined, person: RegistryPerson, address: string): void {
  const own = history?.members.find(({ residentId }) => residentId === person.residentId);
  if (!own) throw new Error('not in the 附票');
  const today = { address, since: person.addressSince };
  expect(own.addresses.at(person.status === 'left' ? -2 : -1)).toEqual(today);
  expect(own).toMatchObject({ name: person.name, birth: person.birth, sex: person.sex });
  const since = own.addresses.map((one) => (one.since ? earliestDay(one.since) : ''));
  expect(since).toEqual([...since].sort());
}

test.each(towns)(
  '$name: every 戸籍 and 附票 is valid, begins with its 筆頭者, and its people come in order',
  (town) => {
    for (const koseki of town.koseki) {
      expect(Check(Koseki, koseki)).toBe(true);
      const [head, ...others] = koseki.members;
      expect(koseki.head).toContain(head?.name);
      expect(koseki.members.map(({ order }) => order)).toEqual(koseki.members.map((_, i) => i + 1));
      for (const member of koseki.members) {
        expect(titlesOf(member)[0]).toBe('出生');
        expect(member.events[0]?.items[0]).toEqual({ label: '【出生日】', value: kosekiDate(member.birth) });
        if (member.status === 'removed')
          expect(['死亡', '離婚', '婚姻', '入籍']).toContain(
            titlesOf(member).findLast((title) => title !== '名の振り仮名の記載'),
          );
      }
      const children = others.filter(({ events }) => !titlesOf({ events }).includes('婚姻'));
      const births = children.map(({ birth }) => earliestDay(birth));
      expect(births).toEqual([...births].sort());
    }
    for (const history of town.addressHistories) expect(Check(AddressHistory, history)).toBe(true);
  },
);

test.each(towns)('$name: father and mother of a child are the couple of its 戸籍, unless it was adopted', (town) => {
  for (const { address, head } of town.koseki) {
    const family = town.households.flatMap(({ members }) =>
      members.filter((m) => m.registeredDomicile?.address === address),
    );
    const members = town.koseki.find((one) => one.address === address)?.members ?? [];
    for (const child of family.filter(({ relationship }) => relationship === '子' && head !== undefined)) {
      const entry = members.find(({ residentId }) => residentId === child.residentId);
      if (entry?.name === givenOf(head)) continue;
      const parents = entry?.adoptiveFather
        ? [entry.adoptiveFather, entry.adoptiveMother]
        : [entry?.father, entry?.mother];
      expect(parents).toContain(head);
    }
  }
});

test('the personas are what their names say', () => {
  for (const town of towns) {
    expect(linesOf(kosekiOf(town, 'koseki-long'))).toBeGreaterThan(80);
    expect(kosekiOf(town, 'koseki-in-process').state).toBe('in-process');
    expect(titlesOf(kosekiOf(town, 'koseki-transferred'))[0]).toBe('転籍');
    expect(titlesOf(memberOf(town, 'adopted'))).toContain('養子縁組');
    expect(memberOf(town, 'adopted').adoptiveFather).not.toBe(memberOf(town, 'adopted').father);
    expect(titlesOf(memberOf(town, 'divorced'))).toContain('離婚');
    expect(kosekiOf(town, 'divorced').members.filter(({ status }) => status === 'removed')).toHaveLength(2);
    expect(titlesOf(memberOf(town, 'widowed'))).toContain('配偶者の死亡');
    const history = (key: PersonaKey) =>
      town.addressHistories
        .flatMap(({ members }) => members)
        .find(({ residentId }) => residentId === town.personas[key]);
    expect(history('many-addresses')?.addresses.length).toBeGreaterThan(20);
    expect(history('overseas-elector')?.overseasElector).toBe(`架空県${town.name}`);
  }
});

test('who lives in the other town and has the 本籍 here is known to both, whatever the seeds', () => {
  const [yunagi] = towns;
  const muteki = generateTown('990027', 'another seed');
  for (const [home, other] of [
    [yunagi, muteki],
    [muteki, yunagi],
  ] as const) {
    const person = home.households
      .flatMap(({ members }) => members)
      .find(({ residentId }) => residentId === home.personas['koseki-elsewhere']);
    const there = home.counterparts.find(({ residentId }) => residentId === person?.residentId)?.there;
    expect(there).toEqual({ lgCode: other.lgCode, residentId: other.personas['domicile-only'] });
    expect(kosekiOf(other, 'domicile-only')).toMatchObject(person?.registeredDomicile ?? {});
    expect(other.households.some(({ members }) => members.some((m) => m.residentId === there?.residentId))).toBe(false);
  }
});
