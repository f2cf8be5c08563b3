/** What the glass holds. Everything about a person is in `scene` and `choices`, and goes with the use. */
import type { Scene, SceneOfStep } from '@machikado/protocol';
import type { Contrast, KindGroup, Language, Region, ScreenName, TextSize } from '@machikado/ui';
import type { Choices, Choosing } from './choices.ts';
import type { KanaRow, Town } from './municipality-list.ts';

/** 見やすさ: the resident’s own settings, back to the first of each with every use. */
export interface Settings {
  readonly language: Language;
  readonly textSize: TextSize;
  readonly contrast: Contrast;
}
export const usualSettings: Settings = { language: 'ja', textSize: '100', contrast: 'normal' };

export interface ScreenContext {
  /** The public table of 市区町村. */
  readonly towns: readonly Town[];
  readonly scene: Scene | null;
  /** No scene comes any more: this page’s token is that of an earlier start of the agent. */
  readonly refused: boolean;
  readonly settings: Settings;
  /** Somebody was here in this use: before the next one everything is thrown away. */
  readonly visited: boolean;
  readonly choices: Choices;
  /** ⑩ 訂正: what was chosen before it. */
  readonly beforeCorrection: Choices | null;
  /** ⑥ The entry of the list that was opened. */
  readonly kindGroup: KindGroup | undefined;
  readonly region: Region | undefined;
  readonly prefecture: string | undefined;
  readonly row: KanaRow | undefined;
  /** ④ The resident agreed to spend the last try. */
  readonly lastTryAgreed: boolean;
}

export function sceneOf<S extends SceneOfStep['step']>(
  step: S,
  { scene }: Pick<ScreenContext, 'scene'>,
): (Extract<SceneOfStep, { step: S }> & Pick<Scene, 'seq' | 'use' | 'endsInSeconds'>) | undefined {
  return scene?.step === step ? (scene as ReturnType<typeof sceneOf<S>>) : undefined;
}

export function choosingOf(context: ScreenContext): Choosing | undefined {
  const scene = sceneOf('choose', context);
  if (!scene) return undefined;
  const { offers, sheetsLeft } = scene;
  return { offers, choices: context.choices, ...(sheetsLeft !== undefined && { sheetsLeft }) };
}

/** The screen that a scene opens. */
export const screenOfScene = {
  menu: 'menu',
  card: 'card',
  municipality: 'municipality',
  pin: 'pin',
  busy: 'busy',
  'card-away': 'card-away',
  choose: 'kind',
  pay: 'pay',
  print: 'print',
  'take-paper': 'take-paper',
  receipt: 'receipt',
  ended: 'ended',
} as const satisfies Record<SceneOfStep['step'], ScreenName>;
