/** ⑥ to ⑫: what is chosen, paid and printed. */
import type { MachineFault, SheetProgress } from '@machikado/protocol';
import type { VoicePhrase } from '@machikado/ui';
import type { Bill, Choice, Resident } from '../resident.ts';
import type { Desk } from './desk.ts';

const ACCEPTED_YEN = [10, 50, 100, 500, 1000];
/** Then whoever waits is told that the machine still works. */
const LONG_MS = 15_000;

export function buyAt({
  glass,
  voice,
  ask,
  clock,
  stop,
}: Desk): Pick<Resident, 'choose' | 'pay' | 'wait' | 'watchPrint'> {
  let waiting = new AbortController();
  return {
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
          const { seq: _, act: __, ...choice } = act;
          answer(choice);
          return true;
        },
      });
    },

    async pay(bill, changed) {
      const { dueYen, depositedYen } = bill;
      if (depositedYen === 0) voice.say(askedFor(bill));
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
      const scene = { step: 'busy', doing } as const;
      if (doing === 'preparing') voice.say('please-wait');
      glass.show(scene);
      const sayThatItTakesLong = () => {
        if (!glass.stands(scene)) return;
        voice.say('please-wait');
        glass.show({ ...scene, long: true });
      };
      waiting.abort();
      waiting = new AbortController();
      clock.sleep(LONG_MS, AbortSignal.any([stop, waiting.signal])).then(sayThatItTakesLong, () => undefined);
    },

    watchPrint(sheets: readonly SheetProgress[], waitsFor?: MachineFault) {
      if (waitsFor) voice.say('call-staff');
      else if (sheets.every(({ state }) => state === 'waiting')) voice.say('printing');
      glass.show({ step: 'print', sheets, ...(waitsFor && { waitsFor }) });
    },
  };
}

function askedFor({ change, sentBack }: Bill): VoicePhrase {
  if (sentBack) return 'money-sent-back';
  return change === 'given' ? 'insert-money' : 'insert-exact-money';
}
