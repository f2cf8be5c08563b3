/** What every screen is made of: glass, voice, lamp and card place, and the one way to ask. */
import { Cancelled } from '../kiosk-fault.ts';
import type { Clock, Ports } from '../ports.ts';
import { type Ask, createAsk, type Question } from './ask.ts';
import type { Forgotten, Reminder } from './forgotten.ts';
import type { Glass } from './glass.ts';
import type { Idle } from './idle-watch.ts';
import { createVoice, type Voice } from './voice.ts';

export interface DeskParts {
  readonly glass: Glass;
  readonly ports: Pick<Ports, 'clock' | 'cardReader' | 'speaker' | 'lamp' | 'patience'>;
  readonly idle: Idle;
  /** The kiosk is going to be switched off: whoever is asked is asked no more. */
  readonly stop: AbortSignal;
  /** Somebody has to look at it. */
  readonly alarm: (what: Forgotten) => void;
}

export interface Desk extends Pick<DeskParts, 'glass' | 'idle' | 'alarm' | 'stop'> {
  readonly clock: Clock;
  readonly cardReader: Ports['cardReader'];
  readonly voice: Voice;
  readonly reminder: Reminder;
  readonly ask: Ask;
  /** Stands until it is answered; a kiosk that is being switched off goes on without. */
  askPatiently(question: Omit<Question<void>, 'mayBeGivenUp'>): Promise<void>;
  light(state: 'off' | 'ready' | 'attention'): void;
  cardLies(): boolean;
}

const REMIND_MS = 8_000;

export function createDesk({ glass, ports, idle, stop, alarm }: DeskParts): Desk {
  const { clock, cardReader, lamp, patience } = ports;
  const voice = createVoice(ports.speaker);
  const ask = createAsk({ glass, clock, idle, stop, onHurry: () => voice.say('more-time') });
  glass.hear((act) => act.act === 'language' && voice.speak(act.language));
  return {
    ...{ glass, idle, alarm, stop, clock, cardReader, voice, ask },
    reminder: { clock, lookMs: patience.printPollMs, remindMs: REMIND_MS, alarmMs: idle.idleMs },
    async askPatiently(question) {
      try {
        await ask<void>({ ...question, mayBeGivenUp: false });
      } catch (error) {
        if (!(error instanceof Cancelled && stop.aborted)) throw error;
      }
    },
    light: (state) => void lamp.show(state).catch(() => undefined),
    cardLies: () => cardReader.cards() === 'one' || cardReader.cards() === 'several',
  };
}
