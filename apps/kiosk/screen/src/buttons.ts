/**
 * Every button of every screen, as a table: its name (`data-act`), and the values (`data-value`) with which it can be pressed now. A button
 * without a value has the one value ''. The machine takes no other press, the page enables no other button, tests generate their walks from it.
 */
import { contrasts, languages, type ScreenName, textSizes } from '@machikado/ui';
import {
  type ChoiceStep,
  type Choosing,
  choiceSteps,
  copiesMaxOf,
  isAnswered,
  offerOf,
  orderOf,
  personsOffered,
  stepsOf,
  unagreedItem,
} from './choices.ts';
import { canBegin } from './honest-status.ts';
import { kindMenu, kindsBehind } from './kind-menu.ts';
import { canBeChosen, prefecturesOf, regionsOf, rowsOf, townsOf } from './municipality-list.ts';
import { choosingOf, type ScreenContext, sceneOf } from './screen-context.ts';

export const buttonNames = [
  'begin',
  'quit',
  'back',
  'clear',
  'last-try',
  'stay',
  'pay',
  'taken',
  'done',
  'digit',
  'municipality',
  'other',
  'region',
  'prefecture',
  'row',
  'town',
  'kind',
  'group',
  'scope',
  'person',
  'year',
  'item',
  'agree',
  'leave-out',
  'copies',
  'next',
  'correct',
  'order',
  'language',
  'text-size',
  'contrast',
] as const;
export type ButtonName = (typeof buttonNames)[number];

export interface Press {
  readonly type: ButtonName;
  readonly value: string;
}

type Values = (context: ScreenContext) => readonly string[];
type Buttons = Partial<Readonly<Record<ButtonName, Values>>>;

const always: Values = () => [''];
const when =
  (holds: (context: ScreenContext) => boolean): Values =>
  (context) =>
    holds(context) ? [''] : [];

const sight: Buttons = { 'text-size': () => textSizes, contrast: () => contrasts };
const words: Buttons = { language: () => languages };

/** Between 1 and the most, one up or one down at a time, or at once by its figure. */
const copiesValues: Values = (context) => {
  const choosing = choosingOf(context);
  return choosing ? Array.from({ length: copiesMaxOf(choosing) }, (_, i) => String(i + 1)) : [];
};

const nextAfter = (step: ChoiceStep): Values =>
  when((context) => {
    const choosing = choosingOf(context);
    return choosing !== undefined && isAnswered(step, choosing);
  });

const offered =
  (list: (choosing: Choosing) => readonly string[]): Values =>
  (context) => {
    const choosing = choosingOf(context);
    return choosing ? list(choosing) : [];
  };

const cautioned = offered((choosing) => [unagreedItem(choosing) ?? []].flat());

/** ② While a card is read, the screen says only that. */
const unlessReading: Values = (context) => (sceneOf('card', context)?.cards === 'reading' ? [] : languages);

const mayEnterDigits = (context: ScreenContext) => {
  const scene = sceneOf('pin', context);
  return scene !== undefined && (scene.triesLeft > 1 || context.lastTryAgreed);
};

/** ⑩ A question that was answered is not asked again; its item can be corrected. */
const correctable = choiceSteps.filter((step) => step !== 'caution');

export const buttonsOf: Readonly<Record<ScreenName, Buttons>> = {
  disconnected: {},
  menu: {
    ...sight,
    ...words,
    begin: when((context) => {
      const scene = sceneOf('menu', context);
      return scene !== undefined && canBegin(scene);
    }),
  },
  card: { ...sight, language: unlessReading, quit: always },
  municipality: {
    ...sight,
    quit: always,
    municipality: () => ['residence', 'registered-domicile'],
    other: when(({ towns }) => towns.length > 0),
  },
  region: { ...sight, quit: always, back: always, region: ({ towns }) => regionsOf(towns) },
  prefecture: {
    ...sight,
    quit: always,
    back: always,
    prefecture: ({ towns, region }) => prefecturesOf(towns, region),
  },
  'town-list': {
    ...sight,
    quit: always,
    back: always,
    row: ({ towns, prefecture }) => rowsOf(towns, prefecture),
    town: (context) => {
      const scene = sceneOf('municipality', context);
      if (!scene) return [];
      return townsOf(context.towns, context.prefecture, context.row)
        .filter((town) => canBeChosen(town, scene.status))
        .map(({ lgCode }) => lgCode);
    },
  },
  pin: {
    ...sight,
    quit: always,
    back: always,
    'last-try': when((context) => sceneOf('pin', context) !== undefined && !mayEnterDigits(context)),
    digit: (context) => (mayEnterDigits(context) ? [...'1234567890'] : []),
    clear: when(mayEnterDigits),
  },
  busy: { ...sight },
  'card-away': { ...sight, ...words, quit: always },
  kind: {
    ...sight,
    quit: always,
    kind: offered(({ offers }) =>
      kindMenu(offers.offers).flatMap((entry) => (entry.group ? [] : entry.offers.map(({ kind }) => kind))),
    ),
    group: offered(({ offers }) => kindMenu(offers.offers).flatMap(({ group }) => group ?? [])),
    next: nextAfter('kind'),
  },
  'kind-group': {
    ...sight,
    quit: always,
    back: always,
    kind: (context) => kindsBehind(context.kindGroup, choosingOf(context)?.offers.offers ?? []),
    next: nextAfter('kind'),
  },
  scope: {
    ...sight,
    quit: always,
    back: always,
    scope: offered((choosing) => offerOf(choosing)?.scopes ?? []),
    next: nextAfter('scope'),
  },
  persons: {
    ...sight,
    quit: always,
    back: always,
    person: offered((choosing) => personsOffered(choosing).map(({ personRef }) => personRef)),
    next: nextAfter('persons'),
  },
  year: {
    ...sight,
    quit: always,
    back: always,
    year: offered((choosing) => (offerOf(choosing)?.fiscalYears ?? []).map(String)),
    next: nextAfter('year'),
  },
  items: {
    ...sight,
    quit: always,
    back: always,
    item: offered((choosing) => (offerOf(choosing)?.items ?? []).flatMap((item) => [`${item}:on`, `${item}:off`])),
    next: nextAfter('items'),
  },
  caution: { ...sight, quit: always, back: always, agree: cautioned, 'leave-out': cautioned },
  copies: { ...sight, quit: always, back: always, copies: copiesValues, next: nextAfter('copies') },
  confirm: {
    ...sight,
    quit: always,
    back: always,
    correct: offered((choosing) => correctable.filter((step) => stepsOf(choosing).includes(step))),
    order: when((context) => {
      const choosing = choosingOf(context);
      return choosing !== undefined && orderOf(choosing) !== undefined;
    }),
  },
  pay: {
    ...sight,
    quit: always,
    pay: when((context) => {
      const scene = sceneOf('pay', context);
      if (!scene) return false;
      return scene.depositedYen >= scene.dueYen;
    }),
  },
  print: { ...sight },
  'take-paper': { ...sight, taken: always },
  receipt: { ...sight, done: when((context) => sceneOf('receipt', context)?.cardInside === false) },
  ended: { ...sight, done: when((context) => sceneOf('ended', context)?.cardInside === false) },
};

/** While もう少し時間がいりますか lies over the screen, these alone can be pressed. */
const inDialog: readonly ButtonName[] = ['stay', 'quit', 'done'];

export function pressesOf(screen: ScreenName, context: ScreenContext): readonly Press[] {
  const asked = context.scene?.endsInSeconds !== undefined && screen !== 'disconnected';
  const buttons: Buttons = asked ? { ...buttonsOf[screen], stay: always } : buttonsOf[screen];
  return (Object.entries(buttons) as [ButtonName, Values][])
    .filter(([type]) => !asked || inDialog.includes(type))
    .flatMap(([type, values]) => values(context).map((value) => ({ type, value })));
}

export function canPress(screen: ScreenName, context: ScreenContext, { type, value }: Press): boolean {
  return pressesOf(screen, context).some((press) => press.type === type && press.value === value);
}
