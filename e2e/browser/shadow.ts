/** The screen’s own machine, run beside the page: it hears the same scenes and is told every press. What it allows is what the page must offer. */
import { type Press, pressesOf, type ScreenContext, type ScreenEvent, screenMachine } from '@machikado/kiosk-screen';
import type { Scene } from '@machikado/protocol';
import type { ScreenName } from '@machikado/ui';
import type { Page } from 'playwright-core';
import { createActor } from 'xstate';
import { callOf } from './in-page.ts';

export interface Shadow {
  readonly screen: ScreenName;
  readonly scene: Scene | null;
  readonly context: ScreenContext;
  presses(): readonly Press[];
  press(press: Press): void;
  /** Resolves at the next scene, or at once when it came since `seen`. */
  heard(seen: number): Promise<void>;
  /** How many scenes came. */
  readonly scenes: number;
  /** Everything that the glass was told in this use and the ones before. */
  onScene(listener: (scene: Scene) => void): void;
}

export async function shadowOf(page: Page): Promise<Shadow> {
  let towns: ScreenEvent | undefined;
  let actor = begin();
  let scenes = 0;
  let wake: () => void = () => undefined;
  const listeners: ((scene: Scene) => void)[] = [];

  function begin() {
    const fresh = createActor(screenMachine).start();
    if (towns) fresh.send(towns);
    return fresh;
  }
  await page.exposeFunction('tellLoad', () => {
    actor.stop();
    actor = begin();
  });
  await page.exposeFunction('tellTowns', (text: string) => {
    towns = { type: 'towns', towns: JSON.parse(text) };
    actor.send(towns);
  });
  await page.exposeFunction('tellScene', (line: string) => {
    const scene = JSON.parse(line) as Scene;
    actor.send({ type: 'scene', scene });
    scenes += 1;
    for (const tell of listeners) tell(scene);
    wake();
  });
  await page.addInitScript(callOf('tell-scenes', 'tellScenes', null));
  return {
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
    onScene: (listener) => void listeners.push(listener),
  };
}
