/** All books of one town, as they change together: 住民票, 印鑑登録原票, 課税台帳, 戸籍, 戸籍の附票, and where each resident is found in them. */
import type { AddressHistory, FeedEvent, Koseki, TaxLedger } from '@machikado/protocol';
import type { SealEntry } from '../town/seal-entry.ts';
import type { Household, Town } from '../town/town.ts';
import { Book, DraftBook } from './book.ts';

interface Entries {
  readonly households: Household;
  readonly seals: SealEntry;
  readonly ledgers: TaxLedger;
  readonly koseki: Koseki;
  readonly histories: AddressHistory;
  /** residentId → household, newest 印鑑登録, 戸籍. */
  readonly householdOf: string;
  readonly sealOf: string;
  readonly kosekiOf: string;
}
export type TownBooks = { readonly [B in keyof Entries]: Book<Entries[B]> };
export type BookName = keyof Entries;
export type FeedFact = Omit<FeedEvent, 'seq' | 'at'>;

/** A batch of changes on the way. */
export interface Draft {
  readonly books: { readonly [B in keyof Entries]: DraftBook<Entries[B]> };
  readonly facts: FeedFact[];
}

export function openBooks(town: Town): TownBooks {
  return {
    households: new Book(town.households.map((household) => [household.householdId, household])),
    seals: new Book(town.seals.map((seal) => [seal.registrationId, seal])),
    ledgers: new Book(town.ledgers.map(({ residentId, ledger }) => [ledgerId(residentId, ledger.fiscalYear), ledger])),
    koseki: new Book(town.koseki.map((koseki) => [koseki.kosekiId, koseki])),
    histories: new Book(town.addressHistories.map((history) => [history.kosekiId, history])),
    householdOf: new Book(
      town.households.flatMap(({ householdId, members }) =>
        members.map(({ residentId }) => [residentId, householdId] as const),
      ),
    ),
    sealOf: new Book(town.seals.map(({ residentId, registrationId }) => [residentId, registrationId])),
    kosekiOf: new Book(
      town.koseki.flatMap(({ kosekiId, members }) =>
        members.filter(({ status }) => status === 'recorded').map(({ residentId }) => [residentId, kosekiId] as const),
      ),
    ),
  };
}

export function ledgerId(residentId: string, fiscalYear: number): string {
  return `${residentId} ${fiscalYear}`;
}

export function beginDraft(books: TownBooks): Draft {
  const { households, seals, ledgers, koseki, histories, householdOf, sealOf, kosekiOf } = books;
  return {
    books: {
      households: new DraftBook(households),
      seals: new DraftBook(seals),
      ledgers: new DraftBook(ledgers),
      koseki: new DraftBook(koseki),
      histories: new DraftBook(histories),
      householdOf: new DraftBook(householdOf),
      sealOf: new DraftBook(sealOf),
      kosekiOf: new DraftBook(kosekiOf),
    },
    facts: [],
  };
}

/** Nothing here waits, so no reader can come in between. */
export function takeDraft(books: TownBooks, draft: Draft): void {
  books.households.take(draft.books.households);
  books.seals.take(draft.books.seals);
  books.ledgers.take(draft.books.ledgers);
  books.koseki.take(draft.books.koseki);
  books.histories.take(draft.books.histories);
  books.householdOf.take(draft.books.householdOf);
  books.sealOf.take(draft.books.sealOf);
  books.kosekiOf.take(draft.books.kosekiOf);
}
