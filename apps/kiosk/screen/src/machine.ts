/**
 * 画面遷移 of the glass. The agent is the authority: a scene moves the screen from wherever it is. Within ③ and ⑥–⑩ the screen walks by itself,
 * as the offers say. Presses carry the names of `buttonsOf`, and only what that table lets through happens; what the agent has to hear is emitted.
 */
import type { ScreenName } from '@machikado/ui';
import { type ButtonName, canPress } from './buttons.ts';
import type { ChoiceStep } from './choices.ts';
import { choiceSteps, stepAfter, stepAfterCorrection, stepBefore, type WalkStep } from './choices.ts';
import type { Args } from './machine-actions.ts';
import * as does from './machine-actions.ts';
import { choosingOf, screenOfScene, usualSettings } from './screen-context.ts';

/** ① Settings that somebody left behind without beginning. */
export const settingsForgottenMs = 60_000;

type Action = (typeof does)['forget'] | (typeof does)['reload'];
interface Move {
  readonly guard?: (args: Args) => boolean;
  readonly target?: ScreenName;
  readonly reenter?: boolean;
  readonly actions?: Action | readonly Action[];
}
type Moves = Partial<Readonly<Record<ButtonName, Move | readonly Move[]>>>;

const inEveryScreen: Moves = {
  'text-size': { actions: does.setTextSize },
  contrast: { actions: does.setContrast },
  language: { actions: [does.setLanguage, does.sayLanguage] },
  stay: { actions: does.sayPlain('stay') },
  quit: { actions: does.sayPlain('quit') },
  done: { actions: does.sayPlain('done') },
};

/** A screen: what its buttons do, if the table of buttons lets them. */
function screen(name: ScreenName, moves: Moves = {}) {
  const on = Object.entries({ ...inEveryScreen, ...moves }).map(([type, move]) => [
    type,
    [move].flat().map(({ guard, target, reenter = false, actions = [] }) => ({
      guard: (args: Args) =>
        'value' in args.event && canPress(name, args.context, args.event) && (guard?.(args) ?? true),
      ...(target && { target: `#screen.${target}` as const }),
      reenter,
      actions: [actions].flat(),
    })),
  ]);
  return { on: Object.fromEntries(on) as Record<ButtonName, never> };
}

/** もう少し時間がいりますか has buttons of its own: a finger on its way to 終了する says nothing yet. */
const isNotAsked = ({ context }: Args) => context.scene?.endsInSeconds === undefined;
const touched = { guard: isNotAsked, actions: does.sayPlain('stay') };
const walking = (name: ScreenName, moves: Moves) => {
  const { on } = screen(name, moves);
  return { on: { ...on, touched } };
};

const walk = [...choiceSteps, 'confirm'] as const;
/** One move for every step that may come: the offers and choices say which. */
const toStep = (
  next: (args: Args) => WalkStep | undefined,
  move: Omit<Move, 'target' | 'guard'> = {},
): readonly Move[] => walk.map((step) => ({ ...move, guard: (args) => next(args) === step, target: step }));

const correcting = ({ context }: Args) => context.beforeCorrection !== null;

/** Where the walk goes on, with the choices as this press leaves them. */
const ahead =
  (step: ChoiceStep, choicesNow = ({ context }: Args) => context.choices) =>
  (args: Args) => {
    const choosing = choosingOf(args.context);
    if (!choosing) return undefined;
    const then = { ...choosing, choices: choicesNow(args) };
    return correcting(args) ? stepAfterCorrection(then) : stepAfter(step, then);
  };

function choice(step: ChoiceStep, moves: Moves) {
  const behind = ({ context }: Args) => {
    const choosing = choosingOf(context);
    return choosing && stepBefore(step, choosing);
  };
  return walking(step, {
    ...moves,
    next: toStep(ahead(step)),
    back: [{ guard: correcting, target: 'confirm', actions: does.undoCorrection }, ...toStep(behind)],
  });
}

const sceneOf = ({ event }: Args) => (event.type === 'scene' ? event.scene : undefined);

/** Within one use the numbers only go up. */
function isOver({ context, event }: Args): boolean {
  const scene = sceneOf({ context, event });
  return context.scene !== null && scene?.use === context.scene.use && scene.seq < context.scene.seq;
}

function isAnothers({ context, event }: Args): boolean {
  return context.visited && sceneOf({ context, event })?.use !== context.scene?.use;
}

/** The same screen told anew: whoever walks through ③ or ⑥–⑩ stays where they are. */
function isSameScreen({ context, event }: Args): boolean {
  const scene = sceneOf({ context, event });
  if (!scene || scene.step !== context.scene?.step) return false;
  if (scene.step !== 'choose' || context.scene.step !== 'choose') return true;
  return JSON.stringify(scene.offers) === JSON.stringify(context.scene.offers);
}

const opening = Object.entries(screenOfScene).map(([step, name]) => ({
  guard: (args: Args) => sceneOf(args)?.step === step,
  target: `.${name}` as const,
  actions: [step === 'menu' ? does.takeMenu : does.takeScene],
}));

export const screenMachine = does.kioskScreen.createMachine({
  id: 'screen',
  context: does.freshContext,
  initial: 'disconnected',
  on: {
    towns: { actions: does.keepTowns },
    lost: { target: '.disconnected', actions: does.loseScene },
    refused: { target: '.disconnected', actions: does.endAsRefused },
    scene: [
      { guard: isOver },
      { guard: isAnothers, target: '.disconnected', actions: [does.forget, does.reload] },
      { guard: isSameScreen, actions: does.refreshScene },
      ...opening,
      // A scene that this screen does not know: better no screen than a wrong one.
      { target: '.disconnected', actions: does.forget },
    ],
  },
  states: {
    disconnected: {},
    menu: {
      ...screen('menu', {
        begin: { actions: does.sayPlain('begin') },
        // Each of them starts the time anew after which forgotten settings go.
        'text-size': { target: 'menu', reenter: true, actions: does.setTextSize },
        contrast: { target: 'menu', reenter: true, actions: does.setContrast },
        language: { target: 'menu', reenter: true, actions: [does.setLanguage, does.sayLanguage] },
      }),
      after: {
        [settingsForgottenMs]: {
          guard: ({ context }: Args) => context.settings !== usualSettings,
          actions: [does.usualSettingsAgain, does.sayUsualLanguage],
        },
      },
    },
    card: screen('card'),
    municipality: screen('municipality', {
      municipality: { actions: does.sayRole },
      other: { target: 'region' },
    }),
    region: walking('region', {
      region: { target: 'prefecture', actions: does.chooseRegion },
      back: { target: 'municipality' },
    }),
    prefecture: walking('prefecture', {
      prefecture: { target: 'town-list', actions: does.choosePrefecture },
      back: { target: 'region' },
    }),
    'town-list': walking('town-list', {
      row: { actions: does.chooseRow },
      town: { actions: does.sayTown },
      back: { target: 'prefecture' },
    }),
    pin: screen('pin', {
      digit: { actions: does.sayDigit },
      clear: { actions: does.sayPlain('clear') },
      'last-try': { actions: [does.agreeToLastTry, does.sayPlain('last-try')] },
      back: { actions: does.sayPlain('back') },
    }),
    busy: screen('busy'),
    'card-away': screen('card-away'),
    kind: choice('kind', {
      kind: { actions: does.chooseKind },
      group: { target: 'kind-group', actions: does.chooseGroup },
    }),
    'kind-group': walking('kind-group', {
      kind: { actions: does.chooseKind },
      next: toStep(ahead('kind')),
      back: { target: 'kind' },
    }),
    scope: choice('scope', { scope: { actions: does.chooseScope } }),
    persons: choice('persons', { person: { actions: does.togglePerson } }),
    year: choice('year', { year: { actions: does.chooseYear } }),
    items: choice('items', { item: { actions: does.switchItem } }),
    caution: choice('caution', {
      agree: toStep(
        ahead('caution', (args) => does.choicesAfter(does.agreed, args)),
        { actions: does.agreeToItem },
      ),
      'leave-out': toStep(
        ahead('caution', (args) => does.choicesAfter(does.leftOut, args)),
        { actions: does.leaveItemOut },
      ),
    }),
    copies: choice('copies', { copies: { actions: does.chooseCopies } }),
    confirm: {
      entry: does.endCorrection,
      ...walking('confirm', {
        correct: toStep(({ event }) => ('value' in event ? (event.value as WalkStep) : undefined), {
          actions: does.beginCorrection,
        }),
        back: toStep(({ context }) => {
          const choosing = choosingOf(context);
          return choosing && stepBefore('confirm', choosing);
        }),
        order: { actions: does.sayOrder },
      }),
    },
    pay: screen('pay', { pay: { actions: does.sayPlain('pay') } }),
    print: screen('print'),
    'take-paper': screen('take-paper', { taken: { actions: does.sayPlain('taken') } }),
    receipt: screen('receipt'),
    ended: screen('ended'),
  },
});
