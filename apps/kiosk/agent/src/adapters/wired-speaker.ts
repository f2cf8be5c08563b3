/** 音声案内: the speaker at its wire. */
import { Type } from 'typebox';
import type { Speaker } from '../ports.ts';
import { deviceWire, type WiredDevice } from './device-wire.ts';

export function wiredSpeaker(at: WiredDevice): Speaker & { close(): void } {
  const wire = deviceWire(at);
  return {
    say: async (line) => void (await wire.ask(Type.Null(), 'say', line)),
    silence: async () => void (await wire.ask(Type.Null(), 'silence')),
    close: wire.close,
  };
}
