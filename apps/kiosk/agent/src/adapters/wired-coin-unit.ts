/** 料金支払い: the coin unit at its wire, after UnifiedPOS CashChanger. */
import { Type } from 'typebox';
import type { CoinUnit } from '../ports.ts';
import { deviceWire, type WiredDevice, WireFault } from './device-wire.ts';

const Yen = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Status = Type.Enum(['ok', 'empty', 'jam']);
const Totals = Type.Object({ insertedYen: Yen, returnedYen: Yen, fixedYen: Yen, dispensedYen: Yen });
const Done = Type.Null();

export function wiredCoinUnit(at: WiredDevice): CoinUnit & { close(): void } {
  const wire = deviceWire(at);
  const act = async (method: string, ...args: readonly unknown[]) => void (await wire.ask(Done, method, ...args));
  const depositAmount = () => wire.ask(Yen, 'depositAmount');
  const status = () => wire.ask(Status, 'status');

  return {
    beginDeposit: () => act('beginDeposit'),
    depositAmount,
    fixDeposit: () => act('fixDeposit'),
    endDeposit: (how) => act('endDeposit', how),
    dispenseChange: (yen) => act('dispenseChange', yen),
    canDispense: (yen) => wire.ask(Type.Boolean(), 'canDispense', yen),
    totals: () => wire.ask(Totals, 'totals'),
    status,
    /** Listens before it looks, so that nothing falls in between. */
    async waitForChange(depositYen, signal) {
      const done = new AbortController();
      const before = await status();
      if (before === 'jam') throw new WireFault('jam');
      try {
        for (;;) {
          const changed = wire.nextEvent(AbortSignal.any([signal, done.signal]));
          // Faults of its own are met below, or not at all when it is not waited for.
          changed.catch(() => undefined);
          signal.throwIfAborted();
          if ((await depositAmount()) !== depositYen || (await status()) !== before) return;
          await changed;
        }
      } finally {
        done.abort();
      }
    },
    close: wire.close,
  };
}
