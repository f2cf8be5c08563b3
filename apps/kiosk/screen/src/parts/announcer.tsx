/** What changes on a screen while it stays: spoken by a screen reader, politely. Of the PIN only how many digits there are. */
import type { LateEnd } from '@machikado/protocol';
import type { Catalogue } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import type { ScreenContext } from '../screen-context.ts';

export function Announcer() {
  const { context, texts } = useGlass();
  return (
    <p className="unseen" role="status">
      {announcementOf(context, texts)}
    </p>
  );
}

function announcementOf({ scene }: ScreenContext, texts: Catalogue): string {
  switch (scene?.step) {
    case 'menu':
      return (scene.late ?? []).map((end) => lateEndIn(end, texts)).join(' ');
    case 'card':
      return scene.cards === 'none' ? '' : texts.card[scene.cards];
    case 'pin':
      return scene.wrong && scene.digits === 0
        ? `${texts.pin.wrong} ${scene.triesLeft === 1 ? texts.pin.lastTryTitle : texts.pin.triesLeft(scene.triesLeft)}`
        : texts.pin.entered(scene.digits);
    case 'busy':
      return scene.long ? texts.busyLong : texts.busy[scene.doing].title;
    case 'card-away':
      return scene.reminded ? texts.cardAway.forgotten : '';
    case 'pay': {
      const { dueYen, depositedYen, sentBack } = scene;
      if (sentBack) return texts.pay.sentBack;
      const over = depositedYen - dueYen;
      const deposited = `${texts.pay.deposited} ${texts.yen(depositedYen)}`;
      if (over < 0) return `${deposited} ${texts.pay.short} ${texts.yen(-over)}`;
      return `${deposited} ${texts.pay.enough}`;
    }
    case 'print': {
      const out = scene.sheets.filter(({ state }) => state === 'out').length;
      const waits = scene.waitsFor ? texts.status.faults[scene.waitsFor] : '';
      return `${texts.print.progress(out, scene.sheets.length)} ${waits}`;
    }
    case 'take-paper': {
      const change = scene.changeYen > 0 ? texts.takePaper.change(texts.yen(scene.changeYen)) : '';
      return `${scene.paperTaken ? texts.takePaper.taken : texts.takePaper.about} ${change}`;
    }
    default:
      return '';
  }
}

function lateEndIn({ cameBackYen, owedYen }: LateEnd, { menu, ended, yen }: Catalogue): string {
  const cameBack = cameBackYen > 0 ? menu.cameBack(yen(cameBackYen)) : '';
  const owed = owedYen > 0 ? `${ended.moneyEnds.owed} ${ended.owed(yen(owedYen))}` : '';
  return [menu.interrupted, cameBack, owed].filter(Boolean).join(' ');
}
