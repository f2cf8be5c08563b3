/** For every row of the table of refusals: what is just refused, and what is just not. */
import { jstDateOf, parseCalendarDate as on } from '@machikado/domain';
import { type CertificateKind, certificateKinds, type LedgerDate } from '@machikado/protocol';
import { all, everywhere, line, registerLine, restrict, set, type Turn, tax } from './worlds.ts';

export interface Sides {
  /** With the kinds that it is refused for, where these are not all kinds of the row. */
  readonly refused: readonly (Turn | readonly [Turn, readonly CertificateKind[]])[];
  readonly issued: readonly Turn[];
  /** A row that the same circumstance brings with it. */
  readonly with?: string;
}

const registers = ['koseki-full', 'koseki-individual', 'koseki-address-history'] as const;
const records = ['resident-record', 'resident-record-items'] as const;
const whole = certificateKinds.filter((kind) => !registers.includes(kind as (typeof registers)[number]));
const fromWhole = [...records, 'koseki-full', 'koseki-address-history'] as const;
/** Ten years after the ordinary day. */
const MUCH_LATER = on('2036-11-20');
const born = (year: number, month: number | null, day: number | null): LedgerDate => ({ year, month, day });
/** The last and the first moment of a day in Japan. */
const beforeMidnight = jstDateOf(new Date('2026-11-20T14:59:59.999Z'));
const atMidnight = jstDateOf(new Date('2026-11-20T15:00:00.000Z'));
const gone = (change: Parameters<typeof line>[1]) => line(2, { status: 'left', ...change });

const protectedBy = (protection: 'active' | 'joint' | 'provisional', index: number): Sides['refused'] => [
  line(index, { protection }),
  [registerLine(index, { protection }), registers],
  all(line(index, { protection }), set({ today: MUCH_LATER })),
];
const byStatus = (status: 'left' | 'deceased'): Sides => ({
  refused: [line(0, { status })],
  issued: [line(1, { status }), line(0, { status: 'resident' })],
});
const due = (month: number, day: number, paidYen: number) => ({
  ...{ term: '第3期', dueYen: 30_000, paidYen },
  dueOn: born(2026, month, day),
});

export const sides: Readonly<Record<string, Sides>> = {
  'protection-self': {
    refused: [...protectedBy('active', 0), restrict(0), all(restrict(0), set({ today: MUCH_LATER }))],
    issued: [line(0, { protection: 'none' }), restrict(8)],
  },
  'protection-household': {
    refused: [
      ...protectedBy('active', 1),
      // A 戸籍 goes on naming who was removed from it.
      [registerLine(2, { protection: 'active', status: 'removed' }), registers],
      restrict(1),
      [all(gone({}), registerLine(2, { status: 'removed' }), restrict(2)), registers],
    ],
    issued: [gone({ protection: 'active' }), restrict(8), line(1, { protection: 'none' })],
  },
  'protection-joint': {
    refused: [...protectedBy('joint', 0), ...protectedBy('joint', 1)],
    issued: [gone({ protection: 'joint' })],
  },
  'protection-provisional': {
    refused: [...protectedBy('provisional', 0), ...protectedBy('provisional', 1)],
    issued: [gone({ protection: 'provisional' })],
  },
  'under-age': {
    refused: [
      all(everywhere(0, { birth: born(2011, 11, 21) }), set({ today: beforeMidnight })),
      all(everywhere(0, { birth: born(2012, 2, 29) }), set({ today: on('2027-02-28') })),
      all(everywhere(0, { birth: born(2012, 2, 29) }), set({ today: on('2028-02-28'), minimumAge: 16 })),
      everywhere(0, { birth: born(2011, null, null) }),
      everywhere(0, { birth: born(2011, 11, null) }),
      // The books differ: not surely old enough.
      line(0, { birth: born(2011, 11, 21) }),
    ],
    issued: [
      all(everywhere(0, { birth: born(2011, 11, 21) }), set({ today: atMidnight })),
      all(everywhere(0, { birth: born(2012, 2, 29) }), set({ today: on('2027-03-01') })),
      all(everywhere(0, { birth: born(2012, 2, 29) }), set({ today: on('2028-02-29'), minimumAge: 16 })),
      all(everywhere(0, { birth: born(2011, null, null) }), set({ today: on('2026-12-31') })),
      all(everywhere(0, { birth: born(2020, 1, 1) }), set({ minimumAge: undefined })),
      // Of the others nobody asks.
      everywhere(1, { birth: born(2026, 1, 1) }),
    ],
  },
  leaving: {
    refused: [line(0, { status: 'leaving' }), [line(1, { status: 'leaving' }), records]],
    issued: [all(line(1, { status: 'leaving' }), set({ scope: 'self' }))],
  },
  left: byStatus('left'),
  deceased: byStatus('deceased'),
  removed: {
    refused: [line(0, { status: 'removed' }), [registerLine(0, { status: 'removed' }), registers]],
    issued: [line(1, { status: 'removed' }), registerLine(1, { status: 'removed' })],
  },
  'in-process': {
    refused: [line(0, { inProcess: true }), line(2, { inProcess: true })],
    issued: [line(0, { inProcess: false })],
  },
  'no-book': {
    refused: [
      [set({ koseki: null, history: null }), registers],
      [set({ members: [] }), whole],
    ],
    issued: [registerLine(2, { status: 'removed' })],
    with: 'selection-outdated',
  },
  'seal-none': { refused: [set({ seal: null })], issued: [(world) => world] },
  'seal-suspended': { refused: [sealIs('suspended')], issued: [sealIs('active')] },
  'seal-cancelled': { refused: [sealIs('cancelled')], issued: [sealIs('active')] },
  'tax-none': {
    refused: [set({ tax: null }), tax({ fiscalYear: 2025 })],
    issued: [tax({ fiscalYear: 2026 })],
  },
  'tax-undeclared': { refused: [tax({ state: 'undeclared' })], issued: [tax({ state: 'fixed' })] },
  'tax-in-process': { refused: [tax({ state: 'in-process' })], issued: [tax({ state: 'fixed' })] },
  'tax-no-taxing-right': { refused: [tax({ state: 'no-taxing-right' })], issued: [tax({ state: 'fixed' })] },
  'tax-stopped': { refused: [tax({ state: 'stopped' })], issued: [tax({ state: 'fixed' })] },
  'tax-assessed': { refused: [tax({ totalAssessedYen: 1 })], issued: [(world) => world] },
  'tax-not-assessed': { refused: [tax({ totalAssessedYen: 0 })], issued: [(world) => world] },
  'tax-unpaid': {
    refused: [
      tax({ payments: [due(11, 2, 29_999)] }),
      tax({ payments: [due(11, 6, 0)], paymentsPostedUntil: born(2026, 11, 6) }),
      all(tax({ payments: [due(11, 20, 0)], paymentsPostedUntil: born(2026, 11, 20) }), set({ today: atMidnight })),
    ],
    issued: [
      tax({ payments: [due(11, 2, 30_000)] }),
      // The last day of a term is not over before midnight.
      all(tax({ payments: [due(11, 20, 0)], paymentsPostedUntil: born(2026, 11, 20) }), set({ today: beforeMidnight })),
      tax({ payments: [due(12, 25, 0)] }),
    ],
  },
  'tax-unposted': {
    refused: [
      tax({ payments: [due(11, 7, 0)], paymentsPostedUntil: born(2026, 11, 6) }),
      tax({ payments: [due(11, 2, 0)], paymentsPostedUntil: null }),
    ],
    issued: [
      tax({ payments: [due(11, 7, 30_000)], paymentsPostedUntil: born(2026, 11, 6) }),
      tax({ payments: [due(11, 20, 0)], paymentsPostedUntil: born(2026, 11, 6) }),
    ],
  },
  'koseki-in-process': { refused: [registerIs('in-process')], issued: [registerIs('current')] },
  'koseki-closed': { refused: [registerIs('closed')], issued: [registerIs('current')] },
  'glyph-missing': {
    refused: [
      everywhere(0, { name: '夕凪 〓' }),
      [everywhere(1, { name: '夕凪 〓' }), fromWhole],
      set({ address: '架空県〓市' }),
    ],
    issued: [all(everywhere(1, { name: '夕凪 〓' }), set({ scope: 'self' }))],
  },
  'too-long': {
    refused: [
      everywhere(0, { name: '長'.repeat(41) }),
      [everywhere(1, { name: '長'.repeat(41) }), fromWhole],
      set({ address: '長'.repeat(81) }),
    ],
    issued: [
      everywhere(0, { name: '長'.repeat(40) }),
      // Counted in letters as people see them.
      everywhere(0, { name: '葛\u{E0102}'.repeat(40) }),
      set({ address: '長'.repeat(80) }),
      all(everywhere(1, { name: '長'.repeat(41) }), set({ scope: 'self' })),
    ],
  },
  'selection-outdated': {
    refused: [
      set({ strangers: 1 }),
      set({ scope: 'self', chosenIds: ['r2'] }),
      set({ scope: 'self', chosenIds: ['r1', 'r2'] }),
      set({ scope: 'household', chosenIds: ['r1', 'r2'] }),
      set({ scope: 'part', chosenIds: [] }),
    ],
    issued: [
      set({ scope: 'self', chosenIds: ['r1'] }),
      set({ scope: 'part', chosenIds: ['r2'] }),
      set({ scope: 'household', chosenIds: ['r1', 'r2', 'r3'] }),
    ],
  },
};

function sealIs(state: 'active' | 'suspended' | 'cancelled'): Turn {
  return (world) => ({ ...world, seal: world.seal && { ...world.seal, state } });
}

function registerIs(state: 'current' | 'in-process' | 'closed'): Turn {
  return (world) => ({
    ...world,
    koseki: world.koseki && { ...world.koseki, state },
    history: world.history && { ...world.history, state },
  });
}
