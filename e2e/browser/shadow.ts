/** The screen’s own machine, run beside the page: it hears the same scenes and is told every press. What it allows is what the page must offer. */
import { type Press, pressesOf, type ScreenContext, type ScreenEvent, screenMachine } from '@machikado/kiosk-screen';
import type { Scene } from '@machikado/protocol';
import type { ScreenName } from '@machikado/ui';
import type { Page } from 'playwright-core';
import { createActor } from 'xstate';
import { callOf } from './in-page.ts';
import { openPageWire } from './page-wire.ts';

export interface Shadow {
  /** The value of this expression in the page. */
  ask<T>(source: string): Promise<T>;
  readonly screen: ScreenName;
  readonly scene: Scene | null;
  readonly context: ScreenContext;
  presses(): readonly Press[];
  press(press: Press): void;
  /** Resolves at the next scene, or at once when it came since `seen`. */
  heard(seen: number): Promise<void>;
  /** How many scenes came. */
  readonly scenes: number;
}

export async function shadowOf(page: Page): Promise<Shadow> {
  let towns: ScreenEvent | undefined;
  let actor = begin();
  let scenes = 0;
  let wake: () => void = () => undefined;

  function begin() {
    const fresh = createActor(screenMachine).start();
    if (towns) fresh.send(towns);
    return fresh;
  }
  const heard: Readonly<Record<string, (text: string) => void>> = {
    load() {
      actor.stop();
      actor = begin();
    },
    towns(text) {
      towns = { type: 'towns', towns: JSON.parse(text) };
      actor.send(towns);
    },
    scene(line) {
      const scene = JSON.parse(line) as Scene;
      actor.send({ type: 'scene', scene });
      scenes += 1;
      wake();
    },
  };
  const { ask } = await openPageWire(page, 'tellWalk', callOf('tell-scenes', 'tellScenes', null), (told) => {
    const [what = '', ...rest] = told.split(' ');
    heard[what]?.(rest.join(' '));
  });
  return {
    ask,
    get screen() {
      return actor.getSnapshot().value as ScreenName;
    },
    get scene() {
      return actor.getSnapshot().context.scene;
    },
    get context() {
      return actor.getSnapshot().context;
    },
    get scenes() {
      return scenes;
    },
    presses() {
      const { value, context } = actor.getSnapshot();
      return pressesOf(value as ScreenName, context);
    },
    press: (press) => actor.send(press),
    heard: (seen) =>
      new Promise((resolve) => {
        wake = resolve;
        if (scenes > seen) resolve();
      }),
  };
}
