/** What the machine does with its context, and what it says to the agent. */
import type { Act, RecordItem, Scene } from '@machikado/protocol';
import { type Contrast, findLanguage, type KindGroup, type Region, type TextSize } from '@machikado/ui';
import { setup } from 'xstate';
import type { Press } from './buttons.ts';
import { type Choices, fitted, noChoices, orderOf } from './choices.ts';
import { type KanaRow, rowsOf, type Town } from './municipality-list.ts';
import { choosingOf, type ScreenContext, type Settings, usualSettings } from './screen-context.ts';

export type ScreenEvent =
  | { readonly type: 'scene'; readonly scene: Scene }
  | { readonly type: 'towns'; readonly towns: readonly Town[] }
  | { readonly type: 'lost' }
  /** The agent was started anew and knows this page no more. */
  | { readonly type: 'refused' }
  /** The glass is touched, wherever: whoever walks through ⑥–⑩ is still here. Comes throttled. */
  | { readonly type: 'touched' }
  | Press;

export type ScreenEmitted =
  | { readonly type: 'act'; readonly act: Act }
  /** The next person comes: the page is to be loaded afresh, so that nothing of this one is left in it. */
  | { readonly type: 'reload' };

export const kioskScreen = setup({
  types: {} as { context: ScreenContext; events: ScreenEvent; emitted: ScreenEmitted },
});
const { assign, emit } = kioskScreen;

export interface Args {
  readonly context: ScreenContext;
  readonly event: ScreenEvent;
}
const valueIn = (event: ScreenEvent): string => ('value' in event ? event.value : '');

/** An act without the number of its scene. */
type Unnumbered = { [A in Act['act']]: Omit<Extract<Act, { act: A }>, 'seq'> }[Act['act']];

const say = (make: (args: Args) => Unnumbered) =>
  emit(({ context, event }) => {
    const act = { ...make({ context, event }), seq: context.scene?.seq ?? 0 };
    return { type: 'act', act: act as Act };
  });

export const sayPlain = (act: 'begin' | 'quit' | 'back' | 'clear' | 'last-try' | 'stay' | 'pay' | 'taken' | 'done') =>
  say(() => ({ act }));
/** ④ The digit goes through; the glass keeps nothing of it. */
export const sayDigit = say(({ event }) => ({ act: 'digit', digit: valueIn(event) }));
export const sayRole = say(({ event }) => ({
  act: 'municipality',
  town: { role: valueIn(event) === 'residence' ? 'residence' : 'registered-domicile' },
}));
export const sayTown = say(({ event }) => ({ act: 'municipality', town: { lgCode: valueIn(event) } }));
export const sayLanguage = say(({ event }) => ({ act: 'language', language: valueIn(event) }));
export const sayUsualLanguage = say(() => ({ act: 'language', language: usualSettings.language }));
export const sayOrder = say(({ context }) => {
  const choosing = choosingOf(context);
  return (choosing && orderOf(choosing)) ?? { act: 'back' };
});
export const reload = emit({ type: 'reload' });

const nothingOfAPerson = {
  scene: null,
  settings: usualSettings,
  visited: false,
  choices: noChoices,
  beforeCorrection: null,
  kindGroup: undefined,
  region: undefined,
  prefecture: undefined,
  row: undefined,
  lastTryAgreed: false,
} as const satisfies Partial<ScreenContext>;

export const freshContext: ScreenContext = { towns: [], refused: false, ...nothingOfAPerson };

export const forget = assign(() => nothingOfAPerson);

/** Whoever was here may be gone when the wire is back: `visited` stays, so that the next scene loads the page afresh. */
export const loseScene = assign(({ context }) => ({ ...nothingOfAPerson, visited: context.visited }));

export const endAsRefused = assign(() => ({ ...nothingOfAPerson, refused: true }));

/** ① Nobody has begun yet, or somebody has gone: only the settings, which whoever stands there may just have made, stay. */
export const takeMenu = assign(({ context, event }) => ({
  ...nothingOfAPerson,
  settings: context.settings,
  scene: event.type === 'scene' ? event.scene : null,
}));

/** The same screen, told anew. */
export const refreshScene = assign(({ event, context }) => ({
  scene: event.type === 'scene' ? event.scene : context.scene,
}));

/** Another screen begins with nothing of the one before. */
export const takeScene = assign(({ context, event }) => ({
  ...nothingOfAPerson,
  settings: context.settings,
  scene: event.type === 'scene' ? event.scene : null,
  // 処理中 is also what a machine shows that nobody has come to yet.
  visited: context.visited || (event.type === 'scene' && event.scene.step !== 'busy'),
}));

export const keepTowns = assign(({ context, event }) => ({
  towns: event.type === 'towns' ? event.towns : context.towns,
}));

const set = (change: (value: string, settings: Settings) => Settings) =>
  assign(({ context, event }) => ({ settings: change(valueIn(event), context.settings) }));
export const setLanguage = set((value, settings) => ({ ...settings, language: findLanguage(value) ?? 'ja' }));
export const setTextSize = set((value, settings) => ({ ...settings, textSize: value as TextSize }));
export const setContrast = set((value, settings) => ({ ...settings, contrast: value as Contrast }));
export const usualSettingsAgain = assign({ settings: usualSettings });

export const chooseRegion = assign(({ event }) => ({ region: valueIn(event) as Region }));
export const choosePrefecture = assign(({ context, event }) => {
  const prefecture = valueIn(event);
  return { prefecture, row: rowsOf(context.towns, prefecture)[0] };
});
export const chooseRow = assign(({ event }) => ({ row: valueIn(event) as KanaRow }));
export const agreeToLastTry = assign({ lastTryAgreed: true });

type Change = (value: string, choices: Choices) => Choices;

/** The choices as this press leaves them. */
export function choicesAfter(change: Change, { context, event }: Args): Choices {
  const choosing = choosingOf(context);
  const choices = change(valueIn(event), context.choices);
  return choosing ? fitted({ ...choosing, choices }) : choices;
}
const choose = (change: Change) => assign((args) => ({ choices: choicesAfter(change, args) }));
export const chooseGroup = assign(({ event }) => ({ kindGroup: valueIn(event) as KindGroup }));
export const chooseKind = choose((kind, choices) => ({ ...choices, kind: kind as NonNullable<Choices['kind']> }));
export const chooseScope = choose((scope, choices) => ({ ...choices, scope: scope as NonNullable<Choices['scope']> }));
export const togglePerson = choose((ref, choices) => ({
  ...choices,
  persons: choices.persons.includes(ref) ? choices.persons.filter((one) => one !== ref) : [...choices.persons, ref],
}));
export const chooseYear = choose((year, choices) => ({ ...choices, fiscalYear: Number(year) }));
/** `relationship:on`, `relationship:off`. */
export const switchItem = choose((value, choices) => {
  const [item = '', onOff] = value.split(':');
  const others = choices.items.filter((one) => one !== item);
  return { ...choices, items: onOff === 'on' ? [...others, item as RecordItem] : others };
});
/** 個人番号: asked about once more. */
export const agreed: Change = (item, choices) => ({ ...choices, agreed: [...choices.agreed, item as RecordItem] });
export const leftOut: Change = (item, choices) => ({ ...choices, items: choices.items.filter((one) => one !== item) });
export const agreeToItem = choose(agreed);
export const leaveItemOut = choose(leftOut);
export const chooseCopies = choose((copies, choices) => ({ ...choices, copies: Number(copies) }));

export const beginCorrection = assign(({ context }) => ({ beforeCorrection: context.choices }));
export const endCorrection = assign({ beforeCorrection: null });
export const undoCorrection = assign(({ context }) => ({
  choices: context.beforeCorrection ?? context.choices,
  beforeCorrection: null,
}));
