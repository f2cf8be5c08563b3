/**
 * 画面: the one scene that stands on the glass, and the acts that answer it. Every scene has a number of its own; an act that names
 * another number answers a scene that is over, and a scene that was answered hears nothing more.
 */
import { toHex } from '@machikado/pki';
import type { Act, Scene, SceneOfStep } from '@machikado/protocol';

export interface Glass {
  show(step: SceneOfStep, endsInSeconds?: number): void;
  /** Nothing was shown since. */
  stands(step: SceneOfStep): boolean;
  /** `false` from the listener: this scene has no such act. */
  hear(listener: (act: Act) => boolean): () => void;
  /** false: nobody takes it, because its scene is over or has no such act. */
  take(act: Act): boolean;
  /** What stands now, under a new number, so that whoever looked before is out of date; then whatever comes. */
  watch(tell: (scene: Scene) => void): () => void;
  /** From the next scene on, it is another person’s. */
  beginUse(): void;
}

const USE_BYTES = 8;

export function createGlass(random: (bytes: number) => Uint8Array): Glass {
  const listeners = new Set<(act: Act) => boolean>();
  let watcher: ((scene: Scene) => void) | undefined;
  let use = toHex(random(USE_BYTES));
  let seq = 0;
  let standing: { readonly step: SceneOfStep; readonly endsInSeconds: number | undefined } = {
    step: { step: 'busy', doing: 'checking' },
    endsInSeconds: undefined,
  };
  const tell = () => {
    seq += 1;
    const { step, endsInSeconds } = standing;
    watcher?.({ ...step, seq, use, ...(endsInSeconds !== undefined && { endsInSeconds }) });
  };
  return {
    show(step, endsInSeconds) {
      standing = { step, endsInSeconds };
      tell();
    },
    stands: (step) => standing.step === step,
    hear(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    take: (act) => act.seq === seq && [...listeners].map((listener) => listener(act)).includes(true),
    watch(next) {
      watcher = next;
      tell();
      return () => {
        if (watcher === next) watcher = undefined;
      };
    },
    beginUse() {
      use = toHex(random(USE_BYTES));
    },
  };
}
