/**
 * Every screen in every state that a resident can meet, with the longest words that the invented towns have: what the contact sheet shows and what
 * the eye for broken screens looks at. A table; ⑥ to ⑩ stand in
 * choose-scenes.ts.
 */
import { municipalities, testMunicipalities } from '@machikado/domain';
import {
  type CertificateKind,
  certificateKinds,
  type ErrorCode,
  errorCodes,
  type KindStatus,
  type LateEnd,
  type MachineFault,
  type MachineStatus,
  type MoneyEnd,
  machineFaults,
  machineWarnings,
  type SceneOfStep,
  type SheetProgress,
  type StatusReply,
} from '@machikado/protocol';
import { kioskFaults, type Language, nextStepAfter, sentenceFor } from '@machikado/ui';
import { choosePictures } from './choose-scenes.ts';
import type { Picture } from './picture.ts';

const sound: MachineStatus = { faults: [], warnings: [] };
const towns = [...testMunicipalities.values()];

function status(kind: Partial<KindStatus> = {}, open = true, shut: readonly CertificateKind[] = certificateKinds) {
  const kinds = certificateKinds.map((one) => ({ kind: one, open: true, ...(shut.includes(one) && kind) }));
  const reply: StatusReply = {
    centerId: 'center',
    businessTime: '2026-11-24T01:00:00.000Z',
    open,
    municipalities: [...towns, ...[...municipalities.values()].slice(0, 400)].map(({ lgCode, prefecture, name }) => ({
      lgCode,
      name: `${prefecture}${name}`,
      kinds,
    })),
  };
  return reply;
}

const menu = (machine: Partial<MachineStatus>, reply: StatusReply | null = status()) => ({
  step: 'menu' as const,
  machine: { ...sound, ...machine },
  status: reply,
});
const lateEnd = (end: Partial<LateEnd>): LateEnd => ({
  ...{ reference: '0123456789abcdef', cameBackYen: 0, owedYen: 0, slip: false, paperInside: false },
  ...end,
});
const pin = (digits: number, triesLeft = 3, wrong = false): SceneOfStep => ({ step: 'pin', digits, triesLeft, wrong });
const pay = (
  depositedYen: number,
  dueYen = 200,
  change: 'given' | 'exact-only' = 'given',
  sentBack = false,
): SceneOfStep => ({
  ...{ step: 'pay', dueYen, depositedYen, change, sentBack },
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
  ...{ step: 'ended', code, money, owedYen: 0, slip: false, cardInside: false, paperInside: false },
  ...more,
});
const reference = 'c0ffee00c0ffee00';

const atNight = { open: false, reason: 'closed', opensAt: '2026-11-24T21:30:00.000Z' } as const;
const municipality: SceneOfStep = { step: 'municipality', machine: sound, status: status() };

export const pictures: readonly Picture[] = [
  { name: 'disconnected', scene: pay(150), hangUp: 503 },
  { name: 'disconnected, started anew', scene: pay(150), hangUp: 401 },
  { name: 'menu', scene: menu({}) },
  {
    name: 'menu, interrupted use',
    scene: { ...menu({}), late: [lateEnd({ cameBackYen: 300 })] },
  },
  {
    name: 'menu, interrupted use, owed',
    scene: {
      ...menu({ faults: ['coin-unit-jam'] }),
      late: [lateEnd({ owedYen: 500, slip: true, paperInside: true, charged: { yen: 600, copies: 2 } })],
    },
  },
  { name: 'menu, closed', scene: menu({}, status({ open: false, reason: 'closed' }, false)) },
  { name: 'menu, center away', scene: menu({}, null) },
  {
    name: 'menu, responder away',
    scene: menu({}, { ...status({ open: false, reason: 'unavailable' }, false), reason: 'revocation-unavailable' }),
  },
  ...machineFaults.map((fault) => ({ name: `menu, ${fault}`, scene: menu({ faults: [fault] }) })),
  { name: 'menu, all faults', scene: menu({ faults: machineFaults, warnings: machineWarnings }) },
  ...machineWarnings.map((warning) => ({ name: `menu, ${warning}`, scene: menu({ warnings: [warning] }) })),
  { name: 'menu, many towns shut', scene: menu({}, status({ open: false, reason: 'suspended' })) },
  {
    name: 'menu, some kinds shut',
    scene: menu({}, status(atNight, true, certificateKinds.slice(-3))),
  },
  { name: 'card', scene: { step: 'card', cards: 'none' } },
  { name: 'card, reading', scene: { step: 'card', cards: 'reading' } },
  { name: 'card, several', scene: { step: 'card', cards: 'several' } },
  { name: 'card, more time?', scene: { step: 'card', cards: 'none', endsInSeconds: 30 } },
  { name: 'municipality', scene: municipality },
  { name: 'municipality, warnings', scene: { ...municipality, machine: { faults: [], warnings: machineWarnings } } },
  {
    name: 'municipality, many shut',
    scene: { ...municipality, status: status(atNight) },
  },
  { name: 'municipality, no registered domicile', scene: { ...municipality, domicile: 'unknown' } },
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
  { name: 'busy, preparing, long', scene: { step: 'busy', doing: 'preparing', long: true } },
  { name: 'card-away', scene: { step: 'card-away', reminded: false } },
  { name: 'card-away, reminded', scene: { step: 'card-away', reminded: true } },
  ...choosePictures,
  { name: 'pay', scene: pay(0) },
  { name: 'pay, part of it', scene: pay(150) },
  { name: 'pay, enough', scene: pay(200) },
  { name: 'pay, too much', scene: pay(1000, 600) },
  { name: 'pay, exact only', scene: pay(0, 2_000, 'exact-only') },
  { name: 'pay, sent back', scene: pay(0, 300, 'exact-only', true) },
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
  {
    name: 'ended, refunded',
    scene: ended('PRINTER_FAULT', 'refunded', {
      reference,
      paperInside: true,
      slip: true,
      charged: { yen: 300, copies: 1 },
    }),
  },
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
    const look = `${sentenceFor(scene.code, language)} ${nextStepAfter(scene.code)}`;
    return !seen.has(look) && seen.add(look);
  });
}
