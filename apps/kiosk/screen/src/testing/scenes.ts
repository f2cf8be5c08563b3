/** Scenes as an agent would send them, for tests: every step of a use in an invented town. */
import type { Offers, Scene, SceneOfStep, StatusReply } from '@machikado/protocol';
import { type ActorRefFrom, createActor } from 'xstate';
import { screenMachine } from '../machine.ts';
import type { ScreenEmitted } from '../machine-actions.ts';
import type { Town } from '../municipality-list.ts';

export const towns: readonly Town[] = [
  { lgCode: '990019', prefecture: '架空県', name: '夕凪市', nameKana: 'ゆうなぎし' },
  { lgCode: '990027', prefecture: '架空県', name: '霧笛町', nameKana: 'むてきちょう' },
  { lgCode: '011002', prefecture: '北海道', name: '札幌市', nameKana: 'さっぽろし' },
];

export const status: StatusReply = {
  centerId: 'center',
  businessTime: '2026-11-22T01:00:00Z',
  open: true,
  municipalities: [
    { lgCode: '990019', name: '夕凪市', kinds: [{ kind: 'resident-record', open: true }] },
    { lgCode: '990027', name: '霧笛町', kinds: [{ kind: 'resident-record', open: false, reason: 'closed' }] },
  ],
};

export const secretName = '秘匿　太郎';
export const offers: Offers = {
  sessionId: '',
  lgCode: '990019',
  persons: [
    { personRef: 'a'.repeat(32), name: secretName, isSelf: true },
    { personRef: 'b'.repeat(32), name: '秘匿　花子', isSelf: false },
  ],
  offers: [
    {
      kind: 'resident-record',
      scopes: ['household', 'part', 'self'],
      items: ['relationship', 'registered-domicile'],
      feeYen: 250,
      copiesMax: 4,
    },
  ],
};
/** More kinds than the list shows at once; a 戸籍 with people of its own; years; an item that is asked about once more. */
const koseki = [
  { personRef: 'c'.repeat(32), name: '太郎', isSelf: true },
  { personRef: 'd'.repeat(32), name: '一郎', isSelf: false },
];
const inKoseki = { personRefs: koseki.map(({ personRef }) => personRef), items: [], feeYen: 450, copiesMax: 1 };
const alone = {
  scopes: ['self'],
  personRefs: ['a'.repeat(32)],
  items: [],
  feeYen: 300,
  copiesMax: 1,
} satisfies Partial<Offers['offers'][number]>;
export const manyOffers: Offers = {
  ...offers,
  persons: [...offers.persons, ...koseki],
  offers: [
    { ...alone, kind: 'resident-record', items: ['my-number'] },
    { ...alone, kind: 'seal-registration' },
    { ...alone, kind: 'tax-income', fiscalYears: [2026, 2025] },
    { ...alone, kind: 'tax-payment', fiscalYears: [2026], feeYen: 200 },
    { kind: 'koseki-full', scopes: ['household'], ...inKoseki },
    { kind: 'koseki-individual', scopes: ['part', 'self'], ...inKoseki },
    { kind: 'koseki-address-history', scopes: ['household', 'part', 'self'], ...inKoseki },
  ],
};
const machine = { faults: [], warnings: [] };

export const scenes = {
  menu: { step: 'menu', machine, status },
  card: { step: 'card', cards: 'none' },
  municipality: { step: 'municipality', machine, status },
  pin: { step: 'pin', digits: 0, triesLeft: 3, wrong: false },
  lastTry: { step: 'pin', digits: 0, triesLeft: 1, wrong: true },
  busy: { step: 'busy', doing: 'checking' },
  cardAway: { step: 'card-away', reminded: false },
  choose: { step: 'choose', offers, municipality: '夕凪市', sheetsLeft: 40 },
  chooseAmongMany: { step: 'choose', offers: manyOffers, municipality: '夕凪市', sheetsLeft: 40 },
  pay: { step: 'pay', dueYen: 500, depositedYen: 500, accepts: [100, 500], change: 'given', sentBack: false },
  print: { step: 'print', sheets: [{ copy: 1, sheet: 1, state: 'printing' }] },
  takePaper: { step: 'take-paper', paperTaken: false, changeYen: 0 },
  receipt: {
    ...{ step: 'receipt', printed: true, reference: '0'.repeat(16), copies: 2, chargedYen: 500, owedYen: 0 },
    cardInside: false,
  },
  ended: {
    step: 'ended',
    code: 'CARD_LOCKED',
    money: 'none-taken',
    owedYen: 0,
    slip: false,
    cardInside: false,
    paperInside: false,
  },
} as const satisfies Record<string, SceneOfStep>;

export interface TestGlass {
  readonly actor: ActorRefFrom<typeof screenMachine>;
  /** What the agent heard, and `reload`. */
  readonly emitted: ScreenEmitted[];
  /** The next scene of this use, or of another. */
  tell(
    step: SceneOfStep,
    more?: { readonly use?: string; readonly seq?: number; readonly endsInSeconds?: number },
  ): Scene;
  press(...presses: readonly string[]): void;
}

export function openGlass(): TestGlass {
  const actor = createActor(screenMachine);
  const emitted: ScreenEmitted[] = [];
  let seq = 0;
  actor.on('*', (event) => emitted.push(event));
  actor.start();
  actor.send({ type: 'towns', towns });
  return {
    actor,
    emitted,
    tell(step, { use = 'one', ...more } = {}) {
      seq += 1;
      const scene: Scene = { ...step, use, seq, ...more };
      actor.send({ type: 'scene', scene });
      return scene;
    },
    /** 'kind resident-record' and the like. */
    press(...presses) {
      for (const press of presses) {
        const [type = '', value = ''] = press.split(' ');
        actor.send({ type: type as 'next', value });
      }
    },
  };
}
