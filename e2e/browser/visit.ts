/** 利用者 at the glass: hands that know what an ordinary person does on each screen, and can stop anywhere. */
import type { VirtualCard } from '@machikado/card';
import type { CertificateKind } from '@machikado/protocol';
import { kindTable, type ScreenName } from '@machikado/ui';
import type { Glass } from './glass.ts';

/** What hands can do at the front of the machine. */
export interface Hands {
  layDown(card: VirtualCard): void;
  takeCard(): Promise<void>;
  insert(yen: number): 'taken' | 'rejected';
  takePaper(): readonly string[];
}

export interface Wish {
  readonly card: VirtualCard;
  readonly pin: string;
  /** At ③: the buttons. */
  readonly town?: readonly string[];
  readonly kind?: CertificateKind;
  readonly scope?: 'household' | 'part' | 'self';
  /** For scope `part`: which of the list, from 1. */
  readonly persons?: readonly number[];
  readonly fiscalYear?: number;
  readonly items?: readonly string[];
  readonly copies?: number;
  /** Pieces, in their order; left out: the exact sum. */
  readonly money?: readonly number[];
}

export interface Visit {
  /** Does what is ordinary until one of these screens is there, and says which. Whatever ends the use early is not ordinary. */
  goOn(...until: readonly ScreenName[]): Promise<ScreenName>;
  /** The ordinary deed of this screen. */
  act(screen: ScreenName): Promise<void>;
  /** Files of the sheets that were taken. */
  readonly paper: readonly string[];
}

export function visit(glass: Glass, hands: Hands, wish: Wish): Visit {
  const { town = ['municipality=residence'], kind = 'resident-record', scope = 'self' } = wish;
  const { persons = [], items = [], copies = 1 } = wish;
  const paper: string[] = [];
  const press = async (...buttons: readonly string[]) => {
    for (const button of buttons) await glass.press(button);
  };
  const typePin = () => press(...[...wish.pin].map((digit) => `digit=${digit}`));
  const choosePersons = async () => {
    const offered = (await glass.buttons()).filter((button) => button.startsWith('person='));
    await press(...offered.filter((_, i) => persons.includes(i + 1)), 'next');
  };
  /** Of many kinds some are behind an entry of their group. */
  const chooseKind = async () => {
    const { group } = kindTable[kind];
    const isThere = (await glass.buttons()).includes(`kind=${kind}`);
    await press(...(group && !isThere ? [`group=${group}`] : []), `kind=${kind}`, 'next');
  };
  const pay = async () => {
    const due = await glass.dueYen();
    for (const yen of wish.money ?? piecesOf(due)) hands.insert(yen);
    await press('pay');
  };

  const ordinary: Partial<Record<ScreenName, () => Promise<void>>> = {
    menu: () => press('begin'),
    card: async () => hands.layDown(wish.card),
    municipality: () => press(...town),
    pin: typePin,
    'card-away': () => hands.takeCard(),
    kind: chooseKind,
    scope: () => press(`scope=${scope}`, 'next'),
    persons: choosePersons,
    year: () => press(`year=${wish.fiscalYear}`, 'next'),
    caution: () => press('agree=my-number'),
    items: () => press(...items.map((item) => `item=${item}:on`), 'next'),
    copies: () => press(...Array.from({ length: copies - 1 }, (_, i) => `copies=${i + 2}`), 'next'),
    confirm: () => press('order'),
    pay,
    'take-paper': async () => {
      paper.push(...hands.takePaper());
      await press('taken');
    },
    receipt: () => press('done'),
  };
  const act = async (screen: ScreenName) => ordinary[screen]?.();
  return {
    paper,
    act,
    async goOn(...until) {
      for (let screen = await glass.now(); ; screen = await glass.after(screen)) {
        if (until.includes(screen)) return screen;
        if (screen === 'ended') throw new Error(`the use ended early: ${await glass.text()}`);
        await act(screen);
      }
    },
  };
}

/** Coins and notes, the largest first. */
export function piecesOf(yen: number): number[] {
  const pieces: number[] = [];
  let rest = yen;
  for (const piece of [1000, 500, 100, 50, 10]) for (; rest >= piece; rest -= piece) pieces.push(piece);
  return pieces;
}
