/** ⑬, ⑭ and the word about an early end: nobody is known any more, and whatever is forgotten is called for. */
import type { Act } from '@machikado/protocol';
import type { VoicePhrase } from '@machikado/ui';
import type { Resident } from '../resident.ts';
import type { Asked } from './ask.ts';
import type { Desk } from './desk.ts';
import { callUntilTaken } from './forgotten.ts';

export function sayGoodbyeAt(desk: Desk): Pick<Resident, 'takePaper' | 'takeReceipt' | 'endEarly'> {
  const { voice, askPatiently, light, cardLies, clock, idle, reminder, alarm } = desk;

  /** The last screen of a use: for so long, and as long as a card lies there, because until it is away nobody else may come. */
  const standUntilGone =
    (forMs: number, phrasesDue: (cardLies: boolean) => readonly VoicePhrase[]) =>
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
      const call = (times: number) => {
        const due = phrasesDue(lies);
        const phrase = due[times % due.length];
        if (phrase) voice.say(phrase);
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

  return {
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
              if (paperTaken && changeYen > 0) voice.say('take-change');
              redraw();
            }
            return isOver();
          };
          const isForChange = (times: number) => changeYen > 0 && (paperTaken || times % 2 === 1);
          const call = (times: number) => voice.say(isForChange(times) ? 'take-change' : 'take-paper');
          await callUntilTaken(look, { call, alarm: () => alarm('paper-forgotten') }, reminder, signal);
        },
      });
      voice.silence();
    },

    async takeReceipt(receipt) {
      await askPatiently({
        scene: () => ({ step: 'receipt', ...receipt, cardInside: cardLies() }),
        onAct: doneWhenGone,
        meanwhile: standUntilGone(idle.moreTimeMs, (lies) => [
          lies ? 'take-card' : receipt.printed ? 'take-receipt' : 'thank-you',
        ]),
      });
      voice.silence();
      light('off');
    },

    async endEarly({ paperInside, moneyOut, ...end }) {
      const nothingToSay = end.code === 'CANCELLED' && end.money === 'none-taken' && !paperInside;
      if (nothingToSay && !cardLies()) return;
      const phrasesDue = (lies: boolean): readonly VoicePhrase[] => [
        ...(lies ? (['take-card'] as const) : []),
        ...(moneyOut ? (['take-money'] as const) : []),
        ...(end.slip ? (['take-receipt'] as const) : []),
      ];
      if (!nothingToSay && phrasesDue(cardLies()).length === 0) voice.say('ended-early');
      const untilGone = standUntilGone(nothingToSay ? 0 : idle.idleMs, phrasesDue);
      await askPatiently({
        scene: () => ({ step: 'ended', ...end, cardInside: cardLies(), paperInside }),
        onAct: doneWhenGone,
        async meanwhile(signal, asked) {
          await untilGone(signal, asked);
          // The return slot has no eye: nobody said that the money was taken.
          if (moneyOut) alarm('money-forgotten');
        },
      });
      voice.silence();
      light('off');
    },
  };
}
