/** ② to ⑤: card, municipality, PIN, card away. */
import type { SceneOfStep } from '@machikado/protocol';
import { KioskFault } from '../kiosk-fault.ts';
import type { Resident, Town } from '../resident.ts';
import type { Asked } from './ask.ts';
import type { Desk } from './desk.ts';
import { callUntilTaken } from './forgotten.ts';
import { createPinPad } from './pin-pad.ts';

type Screens = Pick<Resident, 'layCard' | 'chooseMunicipality' | 'enterPin' | 'takeCard'>;

export function identifyAt(desk: Desk): Screens {
  const { voice, ask, light, cardReader, reminder, alarm } = desk;
  const cardGone = async (signal: AbortSignal): Promise<never> => {
    await cardReader.waitForRemoval(signal);
    throw new KioskFault('CARD_REMOVED');
  };
  return {
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

    async chooseMunicipality({ machine, status, domicile }) {
      voice.say('choose-municipality');
      return ask<Town>({
        mayBeGivenUp: true,
        scene: () => ({ step: 'municipality', machine, status, ...(domicile && { domicile }) }),
        onAct(act, { answer }) {
          if (act.act === 'municipality') answer(act.town);
          return act.act === 'municipality';
        },
        meanwhile: cardGone,
      });
    },

    async enterPin(triesLeft, wrong) {
      voice.say(!wrong ? 'enter-pin' : triesLeft === 1 ? 'last-try' : 'wrong-pin');
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
      try {
        await ask<void>({
          mayBeGivenUp: true,
          scene: () => ({ step: 'card-away', reminded }),
          async meanwhile(signal, { redraw }) {
            const call = (times: number) => {
              voice.say('take-card');
              light('attention');
              if (times !== 1) return;
              reminded = true;
              redraw();
            };
            const calls = { call, alarm: () => alarm('card-forgotten') };
            await Promise.race([gone(signal), callUntilTaken(() => false, calls, reminder, signal)]);
          },
        });
      } finally {
        light('off');
      }
    },
  };
}
