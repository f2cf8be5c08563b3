/** ①: how machine and center stand, until somebody begins. */
import type { Outlook, Resident } from '../resident.ts';
import type { Desk } from './desk.ts';

const REFRESH_MS = 5_000;
/** Something keeps the machine from serving: when it is gone, nobody should have to wait. */
const REFRESH_SOON_MS = 1_000;

export function welcomeAt(desk: Desk, onOutlook: (outlook: Outlook) => void): Pick<Resident, 'begin'> {
  const { glass, voice, ask, light, clock } = desk;
  let outlook: Outlook | undefined;
  return {
    async begin(look) {
      glass.beginUse();
      voice.reset();
      voice.say('welcome');
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
  };
}
