/**
 * キオスク端末 inside: what the agent tells the glass, and what a finger on the glass tells the agent. The agent is the authority:
 * it sends whole scenes (never differences), each with a number, and an act names the scene that it answers. An act for a scene
 * that is over is dropped. A scene holds nothing that its screen does not show. None of this ever leaves the machine.
 *
 * `GET /scenes` streams scenes, one JSON text a line; `POST /acts` takes one act. Both carry `authorization: Bearer <token of this boot>`.
 */
import { type Static, Type } from 'typebox';
import { LgCode, PersonRef } from './identifiers.ts';
import { CertificateKind, FiscalYear, type Offers, RecordItem, Role, Scope, type StatusReply } from './messages.ts';

/** What keeps the machine itself from serving, in the words of IPP where IPP has one. */
export const machineFaults = [
  'media-empty',
  'media-jam',
  'toner-empty',
  'cover-open',
  'printer-away',
  'printer-busy',
  'paper-in-tray',
  'coin-unit-jam',
  'coin-unit-away',
  'card-reader-away',
  'unsettled',
] as const;
export type MachineFault = (typeof machineFaults)[number];

/** Less than a fault: the machine serves, but says so beforehand. */
export const machineWarnings = ['media-low', 'toner-low', 'no-change', 'receipt-paper-out'] as const;
export type MachineWarning = (typeof machineWarnings)[number];

export interface MachineStatus {
  readonly faults: readonly MachineFault[];
  readonly warnings: readonly MachineWarning[];
}

export type SheetState = 'waiting' | 'printing' | 'out' | 'failed';

export interface SheetProgress {
  readonly copy: number;
  readonly sheet: number;
  readonly state: SheetState;
}

/** What became of the resident’s money when a use ended early. */
export type MoneyEnd = 'none-taken' | 'returned' | 'refunded' | 'owed' | 'unsettled';

/** A use that the machine could settle only after a restart or a repair: what nobody could be told then. */
export interface LateEnd {
  readonly reference: string;
  /** Came out of the return slot. */
  readonly cameBackYen: number;
  readonly owedYen: number;
  /** For what came out. */
  readonly charged?: { readonly yen: number; readonly copies: number };
  /** A receipt lies in its slot. */
  readonly slip: boolean;
  /** A sheet may be stuck in the paper path. */
  readonly paperInside: boolean;
}

export type SceneOfStep =
  /** ① `status` null: the center does not answer. `late`: uses that were settled meanwhile. */
  | {
      readonly step: 'menu';
      readonly machine: MachineStatus;
      readonly status: StatusReply | null;
      readonly late?: readonly LateEnd[];
    }
  /** ② */
  | { readonly step: 'card'; readonly cards: 'none' | 'reading' | 'several' }
  /** ③ `domicile`: the 本籍地 was chosen, and no town knows the card by it. */
  | {
      readonly step: 'municipality';
      readonly machine: MachineStatus;
      readonly status: StatusReply;
      readonly domicile?: 'unknown';
    }
  /** ④ The digits themselves never come back to the glass. `lastTry`: an act `last-try` must come before the fourth digit counts. */
  | { readonly step: 'pin'; readonly digits: number; readonly triesLeft: number; readonly wrong: boolean }
  /** 本人確認中, 作成中, 返金中: the machine works, nobody has to do anything. `long`: for longer than usual. */
  | {
      readonly step: 'busy';
      readonly doing: 'checking' | 'asking' | 'preparing' | 'opening' | 'settling';
      readonly long?: true;
    }
  /** ⑤ `reminded`: it lies there for so long that the voice calls. */
  | { readonly step: 'card-away'; readonly reminded: boolean }
  /** ⑥ to ⑩: the glass walks through them by itself, as the offers say. */
  | { readonly step: 'choose'; readonly offers: Offers; readonly municipality: string; readonly sheetsLeft?: number }
  /** ⑪ `sentBack`: what was put in before came back for want of change. */
  | {
      readonly step: 'pay';
      readonly dueYen: number;
      readonly depositedYen: number;
      readonly accepts: readonly number[];
      readonly change: 'given' | 'exact-only';
      readonly sentBack: boolean;
    }
  /** ⑫ `waitsFor`: staff have to do something before the printer goes on. */
  | { readonly step: 'print'; readonly sheets: readonly SheetProgress[]; readonly waitsFor?: MachineFault }
  /** ⑬ The voice goes on until the paper is taken and the button is pressed. */
  | { readonly step: 'take-paper'; readonly paperTaken: boolean; readonly changeYen: number }
  /** ⑭ `printed` false: no receipt paper; the reference is to be noted from the glass. */
  | {
      readonly step: 'receipt';
      readonly printed: boolean;
      readonly reference: string;
      readonly copies: number;
      readonly chargedYen: number;
      readonly owedYen: number;
      /** A card lies on the reader: it is to be taken before the screen goes back to ①. */
      readonly cardInside: boolean;
    }
  /** The use ended early. */
  | {
      readonly step: 'ended';
      readonly code: string;
      readonly money: MoneyEnd;
      readonly owedYen: number;
      /** For what came out before it. */
      readonly charged?: { readonly yen: number; readonly copies: number };
      /** A receipt lies in its slot. */
      readonly slip: boolean;
      readonly reference?: string;
      /** The card still lies on the reader: it is to be taken before the screen goes back to ①. */
      readonly cardInside: boolean;
      readonly paperInside: boolean;
    };

export type SceneStep = SceneOfStep['step'];

export type Scene = SceneOfStep & {
  readonly seq: number;
  /** Changes with every use: a glass that meets a new one reloads itself, so that nothing of the last person is left in it. */
  readonly use: string;
  /** もう少し時間がいりますか: seconds until the use is given up, unless an act comes. */
  readonly endsInSeconds?: number;
};

const Done = <const A extends string>(act: A, description: string) =>
  Type.Object({ seq: Type.Integer(), act: Type.Literal(act) }, { additionalProperties: false, description });

export const Act = Type.Union([
  Done('begin', '① 証明書交付サービス'),
  Done('quit', '終了する, 中止する'),
  Done('back', '前画面へ'),
  Done('clear', '④ 訂正'),
  Done('last-try', '④ Spend the last try.'),
  Done('stay', 'I am still here; also sent now and then while the glass is touched within one scene.'),
  Done('pay', '⑪ 確定する'),
  Done('taken', '⑬ I have taken the paper: stop the voice.'),
  Done('done', '⑭ and after an early end: back to ①.'),
  Type.Object(
    { seq: Type.Integer(), act: Type.Literal('digit'), digit: Type.String({ pattern: '^[0-9]$' }) },
    { additionalProperties: false, description: '④ One digit of the PIN. The glass forgets it at once.' },
  ),
  Type.Object(
    {
      seq: Type.Integer(),
      act: Type.Literal('municipality'),
      town: Type.Union([
        Type.Object({ role: Role }, { additionalProperties: false }),
        Type.Object({ lgCode: LgCode }, { additionalProperties: false }),
      ]),
    },
    { additionalProperties: false, description: '③' },
  ),
  Type.Object(
    {
      seq: Type.Integer(),
      act: Type.Literal('order'),
      kind: CertificateKind,
      scope: Scope,
      personRefs: Type.Array(PersonRef, { minItems: 1, maxItems: 60, uniqueItems: true }),
      items: Type.Array(RecordItem, { maxItems: 10, uniqueItems: true }),
      fiscalYear: Type.Optional(FiscalYear),
      copies: Type.Integer({ minimum: 1, maximum: 20 }),
      /** As shown at ⑩: the agent computes it again and refuses another. */
      feeYen: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    },
    { additionalProperties: false, description: '⑩ 確定する' },
  ),
  Type.Object(
    {
      seq: Type.Integer(),
      act: Type.Literal('language'),
      language: Type.String({ pattern: '^[a-z]{2}(-[A-Z][a-z]{3})?$' }),
    },
    { additionalProperties: false, description: 'The voice speaks this language from now on.' },
  ),
]);
export type Act = Static<typeof Act>;
