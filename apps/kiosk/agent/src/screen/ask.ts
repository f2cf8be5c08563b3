/**
 * One question at the glass: it stands until an act answers it, something else does (a card, a coin), the resident quits, or nobody is
 * there any more. The first of these counts; whatever comes after it finds nobody listening.
 */
import type { Act, SceneOfStep } from '@machikado/protocol';
import { Cancelled } from '../kiosk-fault.ts';
import type { Clock } from '../ports.ts';
import type { Glass } from './glass.ts';
import { createIdleWatch, type Idle } from './idle-watch.ts';

export interface Question<T> {
  /** As it stands now. */
  scene(): SceneOfStep;
  /** What its acts do; `quit` and `stay` need no word here. false: it has no such act. */
  onAct?(act: Act, asked: Asked<T>): boolean;
  /** What else may answer, or end it by throwing. */
  meanwhile?(signal: AbortSignal, asked: Asked<T>): Promise<T>;
  /** It has 終了する or 中止する, and nobody’s time is endless. false: it stands until it is answered. */
  readonly mayBeGivenUp: boolean;
}

export interface Asked<T> {
  answer(value: T): void;
  redraw(): void;
}

export interface AskParts {
  readonly glass: Glass;
  readonly clock: Clock;
  readonly idle: Idle;
  /** The kiosk is going to be switched off. */
  readonly stop: AbortSignal;
  /** もう少し時間がいりますか begins to be shown. */
  readonly onHurry: () => void;
}

export type Ask = <T>(question: Question<T>) => Promise<T>;

export function createAsk(parts: AskParts): Ask {
  return async (question) => {
    const over = new AbortController();
    try {
      return await stand(question, over.signal, parts);
    } finally {
      over.abort();
    }
  };
}

function stand<T>(question: Question<T>, signal: AbortSignal, parts: AskParts): Promise<T> {
  const { glass, clock, idle, stop, onHurry } = parts;
  const watch = createIdleWatch(clock, idle);
  let endsInSeconds: number | undefined;
  return new Promise<T>((resolve, reject) => {
    const redraw = () => glass.show(question.scene(), endsInSeconds);
    const answer = (value: T) => {
      unhear();
      resolve(value);
    };
    const giveUp = (error: unknown) => {
      unhear();
      reject(error);
    };
    const unhear = glass.hear((act) => {
      const taken = isTaken(act);
      if (taken || act.act === 'language') watch.touch();
      return taken;
    });
    const isTaken = (act: Act): boolean => {
      if (act.act === 'stay') return true;
      if (act.act !== 'quit') return question.onAct?.(act, { answer, redraw }) ?? false;
      if (question.mayBeGivenUp) giveUp(new Cancelled());
      return question.mayBeGivenUp;
    };
    const count = (seconds: number | undefined) => {
      if (endsInSeconds === undefined) onHurry();
      endsInSeconds = seconds;
      redraw();
    };
    stop.addEventListener('abort', () => giveUp(new Cancelled('timeout')), { signal });
    if (stop.aborted) return giveUp(new Cancelled('timeout'));
    redraw();
    question.meanwhile?.(signal, { answer, redraw }).then(answer, giveUp);
    if (question.mayBeGivenUp) watch.watch(signal, count).catch(giveUp);
  });
}
