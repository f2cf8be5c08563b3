/** ①: how machine and center stand, and what became of a use before, until somebody begins. */
import type { LateEnd, SceneOfStep } from '@machikado/protocol';
import type { VoicePhrase } from '@machikado/ui';
import type { Outlook, Resident } from '../resident.ts';
import type { Desk } from './desk.ts';

const REFRESH_MS = 5_000;
/** Something keeps the machine from serving: when it is gone, nobody should have to wait. */
const REFRESH_SOON_MS = 1_000;
/** Whoever stood there has read it by then; whoever comes later must not look for another’s money. */
const LATE_END_STANDS_MS = 5 * 60_000;

export function welcomeAt(desk: Desk, onOutlook: (outlook: Outlook) => void): Pick<Resident, 'begin' | 'tellLateEnd'> {
  const { glass, voice, ask, light, clock, alarm } = desk;
  let outlook: Outlook | undefined;
  let told: readonly { readonly end: LateEnd; readonly at: number }[] = [];
  const now = () => clock.now().getTime();
  const late = () => told.filter(({ at }) => now() - at < LATE_END_STANDS_MS).map(({ end }) => end);
  const scene = (): SceneOfStep => {
    if (!outlook) return { step: 'busy', doing: 'checking' };
    return { step: 'menu', ...outlook, ...(late().length > 0 && { late: late() }) };
  };
  return {
    tellLateEnd(end, mayStandThere) {
      // The return slot has no eye, and perhaps nobody stands there.
      if (end.cameBackYen > 0) alarm('money-forgotten');
      if (!mayStandThere) return;
      told = [...told, { end, at: now() }];
      voice.say(lineFor(end));
    },
    async begin(look) {
      glass.beginUse();
      voice.reset();
      voice.say('welcome');
      light('off');
      await ask<void>({
        mayBeGivenUp: false,
        scene,
        onAct: (act, { answer }) => {
          const ready = outlook !== undefined && outlook.machine.faults.length === 0 && outlook.status?.open === true;
          if (act.act === 'begin' && ready) answer();
          return act.act === 'begin' && ready;
        },
        async meanwhile(signal, { redraw }) {
          let shown = JSON.stringify(scene());
          for (;;) {
            outlook = await look();
            signal.throwIfAborted();
            onOutlook(outlook);
            const news = JSON.stringify(scene());
            if (news !== shown) redraw();
            shown = news;
            await clock.sleep(outlook.machine.faults.length > 0 ? REFRESH_SOON_MS : REFRESH_MS, signal);
          }
        },
      });
      told = [];
    },
  };
}

function lineFor({ cameBackYen, slip }: LateEnd): VoicePhrase {
  if (cameBackYen > 0) return 'take-money';
  return slip ? 'take-receipt' : 'call-staff';
}
