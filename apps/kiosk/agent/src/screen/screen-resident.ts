/**
 * 利用者 at the glass: turns what the use asks for into scenes, and acts into answers. Scenes hold nothing that their screen does not
 * show, the voice says neither digits nor names, and nothing of a person stays here when a question is over.
 */
import type { Act, MachineFault, SceneOfStep, SheetProgress } from '@machikado/protocol';
import type { VoicePhrase } from '@machikado/ui';
import { Cancelled, KioskFault } from '../kiosk-fault.ts';
import type { Ports } from '../ports.ts';
import type { Choice, Outlook, Resident, Town } from '../resident.ts';
import { type Asked, createAsk } from './ask.ts';
import { callUntilTaken, type Forgotten, type Reminder } from './forgotten.ts';
import type { Glass } from './glass.ts';
import type { Idle } from './idle-watch.ts';
import { createPinPad } from './pin-pad.ts';
import { createVoice } from './voice.ts';

export interface ScreenParts {
  readonly glass: Glass;
  readonly ports: Pick<Ports, 'clock' | 'cardReader' | 'speaker' | 'lamp' | 'patience'>;
  readonly idle: Idle;
  /** The kiosk is going to be switched off: whoever is asked is asked no more. */
  readonly stop: AbortSignal;
  /** Somebody has to look at it. */
  readonly alarm: (what: Forgotten) => void;
  /** How machine and center stood when last looked at. */
  readonly onOutlook?: (outlook: Outlook) => void;
}

const REFRESH_MS = 5_000;
/** Something keeps the machine from serving: when it is gone, nobody should have to wait. */
const REFRESH_SOON_MS = 1_000;
const REMIND_MS = 8_000;
const ACCEPTED_YEN = [10, 50, 100, 500, 1000];

export function createScreenResident(parts: ScreenParts): Resident {
  const { glass, ports, idle, stop, alarm, onOutlook = () => {} } = parts;
  const { clock, cardReader, lamp } = ports;
  const voice = createVoice(ports.speaker);
  const ask = createAsk({ glass, clock, idle, stop, onHurry: () => voice.say('more-time') });
  const reminder: Reminder = {
    clock,
    lookMs: ports.patience.printPollMs,
    remindMs: REMIND_MS,
    alarmMs: idle.idleMs,
  };
  let outlook: Outlook | undefined;

  glass.hear((act) => act.act === 'language' && voice.speak(act.language));
  const light = (state: 'off' | 'ready' | 'attention') => void lamp.show(state).catch(() => undefined);
  const cardLies = () => cardReader.cards() === 'one' || cardReader.cards() === 'several';
  const cardGone = async (signal: AbortSignal): Promise<never> => {
    await cardReader.waitForRemoval(signal);
    throw new KioskFault('CARD_REMOVED');
  };

  /** The last screen of a use: for so long, and as long as a card lies there, because until it is away nobody else may come. */
  const standUntilGone =
    (forMs: number, phrase?: VoicePhrase) =>
    async (signal: AbortSignal, { redraw }: Asked<void>): Promise<void> => {
      const began = clock.now().getTime();
      let lies = cardLies();
      light(lies ? 'attention' : 'off');
      const isOver = () => {
        if (cardLies() !== lies) {
          lies = cardLies();
          light(lies ? 'attention' : 'off');
          redraw();
        }
        return !lies && clock.now().getTime() - began >= forMs;
      };
      const call = () => {
        const due = lies ? 'take-card' : phrase;
        if (due) voice.say(due);
      };
      const tellStaff = () => {
        if (lies) alarm('card-forgotten');
      };
      await callUntilTaken(isOver, { call, alarm: tellStaff }, reminder, signal);
    };
  const doneWhenGone = (act: Act, { answer }: Asked<void>) => {
    const isDone = act.act === 'done' && !cardLies();
    if (isDone) answer();
    return isDone;
  };

  /** Stands until it is answered; a kiosk that is being switched off goes on without. */
  const askPatiently = async (question: Omit<Parameters<typeof ask<void>>[0], 'mayBeGivenUp'>) => {
    try {
      await ask<void>({ ...question, mayBeGivenUp: false });
    } catch (error) {
      if (!(error instanceof Cancelled && stop.aborted)) throw error;
    }
  };

  return {
    async begin(look) {
      glass.beginUse();
      voice.reset();
      light('off');
      await ask<void>({
        mayBeGivenUp: false,
        scene: () => (outlook ? { step: 'menu', ...outlook } : { step: 'busy', doing: 'checking' }),
        onAct: (act, { answer }) => {
          const ready = outlook !== undefined && outlook.machine.faults.length === 0 && outlook.status?.open === true;
          if (act.act === 'begin' && ready) answer();
          return act.act === 'begin' && ready;
        },
        async meanwhile(signal, { redraw }) {
          for (;;) {
            const now = await look();
            signal.throwIfAborted();
            const isNews = JSON.stringify(now) !== JSON.stringify(outlook);
            outlook = now;
            onOutlook(now);
            if (isNews) redraw();
            await clock.sleep(now.machine.faults.length > 0 ? REFRESH_SOON_MS : REFRESH_MS, signal);
          }
        },
      });
    },

    async layCard(reading) {
      voice.say('lay-down-card');
      light('ready');
      const scene = (): SceneOfStep => {
        const cards = cardReader.cards();
        return { step: 'card', cards: cards === 'several' ? 'several' : cards === 'one' ? 'reading' : 'none' };
      };
      try {
        return await ask({
          mayBeGivenUp: true,
          scene,
          async meanwhile(signal, { redraw }) {
            let forget = () => {};
            const readerGone = new Promise<never>((_, reject) => {
              forget = cardReader.onChange(() => {
                if (cardReader.cards() === 'reader-away') reject(new KioskFault('KIOSK_NOT_READY'));
                if (cardReader.cards() === 'several') voice.say('one-card-only');
                redraw();
              });
            });
            return await Promise.race([reading(signal), readerGone]).finally(forget);
          },
        });
      } finally {
        light('off');
      }
    },

    async chooseMunicipality({ machine, status }) {
      voice.say('choose-municipality');
      return ask<Town>({
        mayBeGivenUp: true,
        scene: () => ({ step: 'municipality', machine, status }),
        onAct(act, { answer }) {
          if (act.act === 'municipality') answer(act.town);
          return act.act === 'municipality';
        },
        meanwhile: cardGone,
      });
    },

    async enterPin(triesLeft, wrong) {
      voice.say(wrong ? 'wrong-pin' : 'enter-pin');
      const pad = createPinPad(triesLeft);
      try {
        return await ask<Uint8Array | 'back'>({
          mayBeGivenUp: true,
          scene: () => ({ step: 'pin', digits: pad.digits, triesLeft, wrong }),
          onAct(act, { answer, redraw }: Asked<Uint8Array | 'back'>) {
            switch (act.act) {
              case 'digit': {
                if (!pad.press(act.digit)) return false;
                redraw();
                const pin = pad.take();
                if (pin) answer(pin);
                return true;
              }
              case 'clear':
                pad.clear();
                redraw();
                return true;
              case 'last-try':
                return pad.agree();
              case 'back':
                answer('back');
                return true;
              default:
                return false;
            }
          },
          meanwhile: cardGone,
        });
      } finally {
        pad.clear();
      }
    },

    async takeCard(gone) {
      let reminded = false;
      const calls = {
        call(times: number) {
          voice.say('take-card');
          light(times === 0 ? 'ready' : 'attention');
        },
        alarm: () => alarm('card-forgotten'),
      };
      try {
        await ask<void>({
          mayBeGivenUp: true,
          scene: () => ({ step: 'card-away', reminded }),
          async meanwhile(signal, { redraw }) {
            const call = (times: number) => {
              calls.call(times);
              if (times !== 1) return;
              reminded = true;
              redraw();
            };
            const calling = callUntilTaken(() => false, { ...calls, call }, reminder, signal);
            await Promise.race([gone(signal), calling]);
          },
        });
      } finally {
        light('off');
      }
    },

    async choose({ offers, municipality, sheetsLeft }) {
      voice.say('choose');
      // The session is nothing to be shown.
      const shown = { ...offers, sessionId: '' };
      return ask<Choice>({
        mayBeGivenUp: true,
        scene: () => ({
          ...{ step: 'choose', offers: shown, municipality },
          ...(sheetsLeft !== undefined && { sheetsLeft }),
        }),
        onAct(act, { answer }) {
          if (act.act !== 'order') return false;
          const { kind, scope, personRefs, items, copies, feeYen } = act;
          answer({ kind, scope, personRefs, items, copies, feeYen });
          return true;
        },
      });
    },

    async pay(bill, changed) {
      const { dueYen, depositedYen } = bill;
      if (depositedYen === 0) voice.say('insert-money');
      return ask<'inserted' | 'confirmed'>({
        mayBeGivenUp: true,
        scene: () => ({ step: 'pay', ...bill, accepts: ACCEPTED_YEN }),
        onAct(act, { answer }) {
          const isEnough = act.act === 'pay' && depositedYen >= dueYen;
          if (isEnough) answer('confirmed');
          return isEnough;
        },
        async meanwhile(signal) {
          await changed(signal);
          return 'inserted';
        },
      });
    },

    wait(doing) {
      if (doing === 'preparing') voice.say('please-wait');
      glass.show({ step: 'busy', doing });
    },

    watchPrint(sheets: readonly SheetProgress[], waitsFor?: MachineFault) {
      if (waitsFor) voice.say('call-staff');
      else if (sheets.every(({ state }) => state === 'waiting')) voice.say('printing');
      glass.show({ step: 'print', sheets, ...(waitsFor && { waitsFor }) });
    },

    async takePaper({ changeYen, trayEmpty }) {
      let paperTaken = false;
      let pressed = false;
      let lookedAt: boolean | 'unknown' = false;
      let emptySince: number | undefined;
      const isOver = () => (pressed && lookedAt !== false) || isEmptyForLong();
      const isEmptyForLong = () => emptySince !== undefined && clock.now().getTime() - emptySince >= idle.moreTimeMs;
      await askPatiently({
        scene: () => ({ step: 'take-paper', paperTaken, changeYen }),
        onAct(act, { answer }) {
          if (act.act !== 'taken') return false;
          pressed = true;
          if (isOver()) answer();
          return true;
        },
        async meanwhile(signal, { redraw }) {
          const look = async () => {
            lookedAt = await trayEmpty();
            if (lookedAt === true) emptySince ??= clock.now().getTime();
            else emptySince = undefined;
            if ((lookedAt === true) !== paperTaken) {
              paperTaken = lookedAt === true;
              redraw();
            }
            return isOver();
          };
          const call = (times: number) => voice.say(changeYen > 0 && times % 2 === 1 ? 'take-change' : 'take-paper');
          await callUntilTaken(look, { call, alarm: () => alarm('paper-forgotten') }, reminder, signal);
        },
      });
      voice.silence();
    },

    async takeReceipt(receipt) {
      await askPatiently({
        scene: () => ({ step: 'receipt', ...receipt }),
        onAct: doneWhenGone,
        meanwhile: standUntilGone(idle.moreTimeMs, receipt.printed ? 'take-receipt' : 'thank-you'),
      });
      voice.silence();
      light('off');
    },

    async endEarly({ paperInside, ...end }) {
      const nothingToSay = end.code === 'CANCELLED' && end.money === 'none-taken' && !paperInside;
      if (nothingToSay && !cardLies()) return;
      if (!nothingToSay) voice.say('ended-early');
      await askPatiently({
        scene: () => ({ step: 'ended', ...end, cardInside: cardLies(), paperInside }),
        onAct: doneWhenGone,
        meanwhile: standUntilGone(nothingToSay ? 0 : idle.idleMs),
      });
      voice.silence();
      light('off');
    },
  };
}
