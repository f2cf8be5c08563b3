/**
 * Every screen in every state that a resident can meet, with the longest words that the invented towns have: what the contact sheet shows and what
 * the eye for broken screens looks at. A table; the glass walks from ⑥ to ⑩ by itself, so those rows say which buttons lead there.
 */
import { municipalities, testMunicipalities } from '@machikado/domain';
import {
  type ErrorCode,
  errorCodes,
  type KindStatus,
  type MachineFault,
  type MachineStatus,
  type MoneyEnd,
  machineFaults,
  machineWarnings,
  type Offers,
  type Scene,
  type SceneOfStep,
  type SheetProgress,
  type StatusReply,
} from '@machikado/protocol';
import { generateTown } from '@machikado/registry';
import { kioskFaults, type Language, nextStepAfter, sentences } from '@machikado/ui';

export interface Picture {
  readonly name: string;
  readonly scene: SceneOfStep & Pick<Scene, 'endsInSeconds'>;
  /** The buttons that lead there from what the scene shows first: `act`, or `act=value`. */
  readonly press?: readonly string[];
  /** The wire breaks then, because the agent is away (503) or was started anew (401). */
  readonly hangUp?: 401 | 503;
}

const town = generateTown('990019', 'yunagi');
const sound: MachineStatus = { faults: [], warnings: [] };
const towns = [...testMunicipalities.values()];

function status(kind: Partial<KindStatus> = {}, open = true): StatusReply {
  const kinds: KindStatus[] = [{ kind: 'resident-record', open: true, ...kind }];
  return {
    centerId: 'center',
    businessTime: '2026-11-24T01:00:00.000Z',
    open,
    municipalities: [...towns, ...[...municipalities.values()].slice(0, 400)].map(({ lgCode, prefecture, name }) => ({
      lgCode,
      name: `${prefecture}${name}`,
      kinds,
    })),
  };
}

type PersonaKey = keyof typeof town.personas;

function offersFor(persona: PersonaKey, others: readonly PersonaKey[] = []): Offers {
  const household = town.households.find(({ members }) =>
    members.some(({ residentId }) => residentId === town.personas[persona]),
  );
  const more = town.households.flatMap(({ members }) =>
    members.filter(({ residentId }) => others.some((key) => town.personas[key] === residentId)),
  );
  const people = [...(household?.members ?? []), ...more];
  return {
    sessionId: '0'.repeat(32),
    lgCode: '990019',
    persons: people.map(({ name, residentId }, i) => ({
      personRef: String(i).padStart(32, '0'),
      name,
      isSelf: residentId === town.personas[persona],
    })),
    offers: [
      {
        kind: 'resident-record',
        scopes: ['household', 'part', 'self'],
        items: ['relationship', 'registered-domicile'],
        feeYen: 200,
        copiesMax: 10,
      },
    ],
  };
}

const choose = (offers: Offers): SceneOfStep => ({
  step: 'choose',
  offers,
  municipality: '架空県夕凪市',
  sheetsLeft: 250,
});
const ordinary = choose(offersFor('family-head'));
const crowded = choose(offersFor('nine', ['long-name', 'foreign-alias', 'foreign-no-kana', 'ivs-name']));

const menu = (machine: Partial<MachineStatus>, reply: StatusReply | null = status()): SceneOfStep => ({
  step: 'menu',
  machine: { ...sound, ...machine },
  status: reply,
});
const pin = (digits: number, triesLeft = 3, wrong = false): SceneOfStep => ({ step: 'pin', digits, triesLeft, wrong });
const pay = (depositedYen: number, dueYen = 200, change: 'given' | 'exact-only' = 'given'): SceneOfStep => ({
  ...{ step: 'pay', dueYen, depositedYen, change },
  accepts: [10, 50, 100, 500, 1000],
});
const sheets = (copies: number, perCopy: number, done: number): SheetProgress[] =>
  Array.from({ length: copies * perCopy }, (_, i) => ({
    copy: Math.floor(i / perCopy) + 1,
    sheet: (i % perCopy) + 1,
    state: i < done ? 'out' : i === done ? 'printing' : 'waiting',
  }));
const print = (progress: SheetProgress[], waitsFor?: MachineFault): SceneOfStep => ({
  ...{ step: 'print', sheets: progress },
  ...(waitsFor && { waitsFor }),
});
const ended = (code: string, money: MoneyEnd = 'none-taken', more: object = {}): SceneOfStep => ({
  ...{ step: 'ended', code, money, owedYen: 0, cardInside: false, paperInside: false },
  ...more,
});
const reference = 'c0ffee00c0ffee00';

const municipality: SceneOfStep = { step: 'municipality', machine: sound, status: status() };

const KIND = 'kind=resident-record';
const toScope = [KIND, 'next'];
const toPersons = [...toScope, 'scope=part', 'next'];
const toItems = [...toScope, 'scope=household', 'next'];
const toCopies = [...toItems, 'next'];
const toConfirm = [...toCopies, 'next'];
const crowd = crowded.step === 'choose' ? crowded.offers.persons.map(({ personRef }) => `person=${personRef}`) : [];

export const pictures: readonly Picture[] = [
  { name: 'disconnected', scene: pay(150), hangUp: 503 },
  { name: 'disconnected, started anew', scene: pay(150), hangUp: 401 },
  { name: 'menu', scene: menu({}) },
  { name: 'menu, closed', scene: menu({}, status({ open: false, reason: 'closed' }, false)) },
  { name: 'menu, center away', scene: menu({}, null) },
  ...machineFaults.map((fault) => ({ name: `menu, ${fault}`, scene: menu({ faults: [fault] }) })),
  { name: 'menu, all faults', scene: menu({ faults: machineFaults, warnings: machineWarnings }) },
  ...machineWarnings.map((warning) => ({ name: `menu, ${warning}`, scene: menu({ warnings: [warning] }) })),
  { name: 'menu, many towns shut', scene: menu({}, status({ open: false, reason: 'suspended' })) },
  { name: 'card', scene: { step: 'card', cards: 'none' } },
  { name: 'card, reading', scene: { step: 'card', cards: 'reading' } },
  { name: 'card, several', scene: { step: 'card', cards: 'several' } },
  { name: 'card, more time?', scene: { step: 'card', cards: 'none', endsInSeconds: 30 } },
  { name: 'municipality', scene: municipality },
  { name: 'municipality, warnings', scene: { ...municipality, machine: { faults: [], warnings: machineWarnings } } },
  {
    name: 'municipality, many shut',
    scene: { ...municipality, status: status({ open: false, reason: 'closed', opensAt: '2026-11-24T21:30:00.000Z' }) },
  },
  { name: 'region', scene: municipality, press: ['other'] },
  ...[
    ['hokkaido-tohoku', '北海道', 'さ'],
    ['kanto', '東京都', 'か'],
    ['kyushu-okinawa', '沖縄県', 'な'],
    ['invented', '架空県', 'や'],
  ].flatMap(([region, prefecture, row]) => [
    { name: `prefecture, ${region}`, scene: municipality, press: ['other', `region=${region}`] },
    {
      name: `town-list, ${region}`,
      scene: municipality,
      press: ['other', `region=${region}`, `prefecture=${prefecture}`, `row=${row}`],
    },
  ]),
  {
    name: 'town-list, closed',
    scene: { ...municipality, status: status({ open: false, reason: 'suspended' }) },
    press: ['other', 'region=invented', 'prefecture=架空県', 'row=ま'],
  },
  { name: 'pin', scene: pin(0) },
  { name: 'pin, two digits', scene: pin(2) },
  { name: 'pin, wrong', scene: pin(0, 2, true) },
  { name: 'pin, last try', scene: pin(0, 1, true) },
  { name: 'pin, more time?', scene: { ...pin(1), endsInSeconds: 30 } },
  ...(['checking', 'asking', 'preparing', 'opening', 'settling'] as const).map((doing) => ({
    name: `busy, ${doing}`,
    scene: { step: 'busy', doing } as const,
  })),
  { name: 'card-away', scene: { step: 'card-away', reminded: false } },
  { name: 'card-away, reminded', scene: { step: 'card-away', reminded: true } },
  { name: 'kind', scene: ordinary },
  { name: 'kind, more time?', scene: { ...ordinary, endsInSeconds: 30 } },
  { name: 'kind, chosen', scene: ordinary, press: [KIND] },
  { name: 'kind, nothing offered', scene: choose({ ...offersFor('single'), offers: [] }) },
  { name: 'scope', scene: ordinary, press: toScope },
  { name: 'persons', scene: ordinary, press: toPersons },
  { name: 'persons, crowded', scene: crowded, press: [...toPersons, ...crowd.slice(0, 5)] },
  { name: 'items', scene: ordinary, press: toItems },
  { name: 'items, one on', scene: ordinary, press: [...toItems, 'item=relationship:on'] },
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
    press: [...toPersons, ...crowd, 'next', 'item=relationship:on', 'item=registered-domicile:on', 'next', 'next'],
  },
  {
    name: 'confirm, one long name',
    scene: choose(offersFor('long-name')),
    press: [KIND, 'next', 'scope=self', 'next', 'next', 'next'],
  },
  { name: 'correcting', scene: ordinary, press: [...toConfirm, 'correct=items'] },
  { name: 'pay', scene: pay(0) },
  { name: 'pay, part of it', scene: pay(150) },
  { name: 'pay, enough', scene: pay(200) },
  { name: 'pay, too much', scene: pay(1000, 600) },
  { name: 'pay, exact only', scene: pay(0, 2_000, 'exact-only') },
  { name: 'pay, more time?', scene: { ...pay(100), endsInSeconds: 30 } },
  { name: 'print', scene: print(sheets(1, 1, 0)) },
  { name: 'print, 3 of 6', scene: print(sheets(3, 2, 2)) },
  { name: 'print, 20 copies of 3', scene: print(sheets(20, 3, 31)) },
  ...(['media-jam', 'media-empty', 'toner-empty', 'cover-open', 'printer-away'] as const).map((fault) => ({
    name: `print, ${fault}`,
    scene: print(sheets(2, 2, 1), fault),
  })),
  { name: 'print, failed', scene: print([{ copy: 1, sheet: 1, state: 'failed' }]) },
  { name: 'take-paper', scene: { step: 'take-paper', paperTaken: false, changeYen: 0 } },
  { name: 'take-paper, change', scene: { step: 'take-paper', paperTaken: false, changeYen: 800 } },
  { name: 'take-paper, taken', scene: { step: 'take-paper', paperTaken: true, changeYen: 0 } },
  {
    name: 'receipt',
    scene: { step: 'receipt', printed: true, reference, copies: 1, chargedYen: 200, owedYen: 0, cardInside: false },
  },
  {
    name: 'receipt, none printed',
    scene: { step: 'receipt', printed: false, reference, copies: 3, chargedYen: 600, owedYen: 400, cardInside: false },
  },
  {
    name: 'receipt, card inside',
    scene: { step: 'receipt', printed: true, reference, copies: 1, chargedYen: 200, owedYen: 0, cardInside: true },
  },
  ...[...Object.keys(errorCodes), ...Object.keys(kioskFaults), 'CANCELLED'].map((code) => ({
    name: `ended, ${code}`,
    scene: ended(code as ErrorCode),
  })),
  { name: 'ended, returned', scene: ended('CANCELLED', 'returned') },
  { name: 'ended, refunded', scene: ended('PRINTER_FAULT', 'refunded', { reference, paperInside: true }) },
  { name: 'ended, owed', scene: ended('COIN_UNIT_FAULT', 'owed', { reference, owedYen: 1_400 }) },
  { name: 'ended, unsettled', scene: ended('CENTER_UNREACHABLE', 'unsettled', { reference, owedYen: 0 }) },
  { name: 'ended, card inside', scene: ended('CARD_DAMAGED', 'none-taken', { cardInside: true }) },
  {
    name: 'ended, everything at once',
    scene: ended('PRINTER_FAULT', 'owed', { reference, owedYen: 600, cardInside: true, paperInside: true }),
  },
];

/** Without those that look like another one: codes that share their sentence. */
export function picturesOnce(language: Language): readonly Picture[] {
  const seen = new Set<string>();
  return pictures.filter(({ scene }) => {
    if (scene.step !== 'ended' || scene.money !== 'none-taken' || scene.cardInside) return true;
    const look = `${sentences[scene.code as keyof typeof sentences]?.[language]} ${nextStepAfter(scene.code)}`;
    return !seen.has(look) && seen.add(look);
  });
}
