/** The lamp of the card place at its wire. */
import { Type } from 'typebox';
import type { Lamp } from '../ports.ts';
import { deviceWire, type WiredDevice } from './device-wire.ts';

export function wiredLamp(at: WiredDevice): Lamp & { close(): void } {
  const wire = deviceWire(at);
  return {
    show: async (state) => void (await wire.ask(Type.Null(), 'show', state)),
    close: wire.close,
  };
}
