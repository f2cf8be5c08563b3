/**
 * 戸籍 and 戸籍の附票, which goes along with it: what is recorded about one person is recorded for everybody who has the record of that 戸籍.
 * Who only has the 本籍 here is known to the feed by it.
 */
import {
  type AddressHistory,
  addressesMax,
  type Koseki,
  type KosekiMember,
  type LedgerDate,
  refuse,
} from '@machikado/protocol';
import type { Draft } from './town-books.ts';

type KosekiEvent = Koseki['events'][number];
type HistoryMember = AddressHistory['members'][number];

export function kosekiOf({ books }: Draft, residentId: string): Koseki | undefined {
  const id = books.kosekiOf.get(residentId);
  return id === undefined ? undefined : books.koseki.get(id);
}

function knownKoseki(draft: Draft, residentId: string): Koseki {
  return kosekiOf(draft, residentId) ?? refuse('MALFORMED_REQUEST', 'no 戸籍 of this resident here');
}

/** Nothing to do for whom this town keeps no 戸籍. */
export function updateInFamily(
  draft: Draft,
  residentId: string,
  member: (member: KosekiMember) => KosekiMember,
  history: (member: HistoryMember) => HistoryMember,
): void {
  const koseki = kosekiOf(draft, residentId);
  if (!koseki) return;
  const own = <T extends { readonly residentId: string }>(list: readonly T[], update: (one: T) => T) =>
    list.map((one) => (one.residentId === residentId ? update(one) : one));
  draft.books.koseki.put(koseki.kosekiId, { ...koseki, members: own(koseki.members, member) });
  updateHistory(draft, koseki.kosekiId, (book) => ({ ...book, members: own(book.members, history) }));
}

export function recordEvent(draft: Draft, residentId: string, event: KosekiEvent, removed: boolean): void {
  knownKoseki(draft, residentId);
  const status = removed ? ('removed' as const) : undefined;
  updateInFamily(
    draft,
    residentId,
    (member) => ({ ...member, ...(status && { status }), events: [...member.events, event] }),
    (member) => ({ ...member, ...(status && { status }) }),
  );
  if (removed && draft.books.householdOf.get(residentId) === undefined)
    draft.facts.push({ type: event.title === '死亡' ? 'died' : 'moved-out', residentId });
}

/** 入籍: by birth, marriage or adoption. */
export function enterFamily(draft: Draft, residentId: string, member: KosekiMember, history: HistoryMember): void {
  const koseki = knownKoseki(draft, residentId);
  if (member.residentId !== history.residentId || kosekiOf(draft, member.residentId))
    refuse('MALFORMED_REQUEST', 'stands in a 戸籍 already, or is two people');
  const order = koseki.members.length + 1;
  draft.books.koseki.put(koseki.kosekiId, { ...koseki, members: [...koseki.members, { ...member, order }] });
  updateHistory(draft, koseki.kosekiId, (book) => ({ ...book, members: [...book.members, { ...history, order }] }));
  draft.books.kosekiOf.put(member.residentId, koseki.kosekiId);
}

/** 転籍: the whole 戸籍; to another municipality it is closed here. The 住民票 of those who live here names the new 本籍. */
export function transferFamily(
  draft: Draft,
  residentId: string,
  { event, address, leaves }: { readonly event: KosekiEvent; readonly address: string; readonly leaves: boolean },
): void {
  const koseki = knownKoseki(draft, residentId);
  const state = leaves ? ('closed' as const) : koseki.state;
  const kept = leaves ? koseki.address : address;
  draft.books.koseki.put(koseki.kosekiId, {
    ...koseki,
    ...{ state, address: kept, events: [...koseki.events, event] },
  });
  updateHistory(draft, koseki.kosekiId, (book) => ({ ...book, state, address: kept }));
  for (const member of koseki.members.filter(({ status }) => status === 'recorded')) {
    const householdId = draft.books.householdOf.get(member.residentId);
    const household = householdId === undefined ? undefined : draft.books.households.get(householdId);
    if (!household) {
      if (leaves) draft.facts.push({ type: 'moved-out', residentId: member.residentId });
      continue;
    }
    draft.books.households.put(household.householdId, {
      ...household,
      members: household.members.map((person) =>
        person.residentId === member.residentId && person.registeredDomicile
          ? { ...person, registeredDomicile: { ...person.registeredDomicile, address } }
          : person,
      ),
    });
  }
}

/** 届出処理中, on or off. */
export function setFamilyInProcess(draft: Draft, residentId: string, inProcess: boolean): void {
  const koseki = knownKoseki(draft, residentId);
  if (koseki.state === 'closed') refuse('MALFORMED_REQUEST', 'the 戸籍 is closed');
  const state = inProcess ? ('in-process' as const) : ('current' as const);
  draft.books.koseki.put(koseki.kosekiId, { ...koseki, state });
  updateHistory(draft, koseki.kosekiId, (book) => ({ ...book, state }));
}

/** 附票 follows where people live. A full one is renewed (改製): of what was in it the last address goes over. */
export function recordAddress(draft: Draft, residentId: string, address: string, since: LedgerDate | null): void {
  updateInFamily(
    draft,
    residentId,
    (member) => member,
    ({ addresses, ...member }) => {
      const kept = addresses.length < addressesMax ? addresses : addresses.slice(-1);
      return { ...member, addresses: [...kept, { address, since }] };
    },
  );
}

/** 氏名 as the 住民票 has it now; the 筆頭者 of a 戸籍 is called as the person is. */
export function renameInFamily(draft: Draft, residentId: string, name: string, nameKana: string | null): void {
  const koseki = kosekiOf(draft, residentId);
  const given = name.split('　').slice(1).join('　') || name;
  updateInFamily(
    draft,
    residentId,
    (member) => ({ ...member, name: given, nameKana: nameKana && toKatakana(nameKana.split('　').slice(1).join('')) }),
    (member) => ({ ...member, name }),
  );
  if (!koseki || koseki.members[0]?.residentId !== residentId) return;
  const renamed = knownKoseki(draft, residentId);
  draft.books.koseki.put(koseki.kosekiId, { ...renamed, head: name });
  updateHistory(draft, koseki.kosekiId, (book) => ({ ...book, head: name }));
}

/** 振り仮名 stand in 片仮名 in a 戸籍. */
export function toKatakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
}

function updateHistory(draft: Draft, kosekiId: string, update: (book: AddressHistory) => AddressHistory): void {
  const book = draft.books.histories.get(kosekiId);
  if (book) draft.books.histories.put(kosekiId, update(book));
}
