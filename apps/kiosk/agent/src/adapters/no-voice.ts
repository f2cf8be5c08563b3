/** A kiosk without a speaker, and one without a lamp at its card place. */
import type { Lamp, Speaker } from '../ports.ts';

export const noSpeaker: Speaker = { say: async () => {}, silence: async () => {} };
export const noLamp: Lamp = { show: async () => {} };
