/**
 * Bad weather at the ports: slow typesetters, readers and registries, deadlines that run out in the middle of the work, answers
 * that were given and never arrive. The servers are the real ones; only what they talk to stumbles.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCenter } from '@machikado/center';
import type { Issuer } from '@machikado/issuer';
import { interpose, type Ports as KioskPorts, LostReply } from '@machikado/kiosk-agent';
import { ProtocolError } from '@machikado/protocol';
import type { Dice } from './dice.ts';

export interface Weather {
  readonly counts: Record<'slow' | 'cutShort' | 'lostInside' | 'lostOutside' | 'away', number>;
  overIssuer(issuer: Issuer): void;
  overCenter(center: RunningCenter): void;
  overKiosk(ports: KioskPorts): KioskPorts;
}

type CenterDeadline = Parameters<RunningCenter['center']['issuers']['order']>[2];

export function badWeather(dice: Dice): Weather {
  const counts = { slow: 0, cutShort: 0, lostInside: 0, lostOutside: 0, away: 0 };
  const maybeSlow = async (probability: number, msMax: number) => {
    if (!dice.chance(probability)) return;
    counts.slow += 1;
    await sleep(1 + dice.int(msMax));
  };
  const happens = (what: keyof typeof counts, probability: number) => {
    if (!dice.chance(probability)) return false;
    counts[what] += 1;
    return true;
  };

  return {
    counts,
    overIssuer({ ports }) {
      const { forms, registry, reader } = ports;
      // The server holds this very object: what is put into it stands in the way of everything from here on.
      Object.assign(ports, {
        forms: {
          ...forms,
          typeset: async (...args: Parameters<typeof forms.typeset>) => {
            await maybeSlow(0.3, 120);
            return forms.typeset(...args);
          },
        },
        registry: {
          ...registry,
          readRecord: async (...args: Parameters<typeof registry.readRecord>) => {
            await maybeSlow(0.3, 60);
            if (happens('away', 0.005)) throw new ProtocolError('REGISTRY_UNAVAILABLE', 'the storm');
            return registry.readRecord(...args);
          },
        },
        reader: slowReader(reader, () => maybeSlow(0.2, 60)),
      });
    },
    overCenter({ center }) {
      const { issuers, reader, revocation } = center;
      Object.assign(center, {
        issuers: {
          ...issuers,
          order: async (...[town, order, deadline]: Parameters<typeof issuers.order>) => {
            const patience = happens('cutShort', 0.04) ? cutShort(deadline, 20 + dice.int(300)) : deadline;
            const answer = await issuers.order(town, order, patience);
            if (happens('lostInside', 0.02)) throw new ProtocolError('DEADLINE_PASSED', 'the answer was lost');
            return answer;
          },
        },
        revocation: {
          ask: async (...args: Parameters<typeof revocation.ask>) => {
            await maybeSlow(0.1, 40);
            if (happens('away', 0.005)) throw new Error('the responder is away');
            return revocation.ask(...args);
          },
        },
        reader: slowReader(reader, () => maybeSlow(0.2, 60)),
      });
    },
    overKiosk: (ports) =>
      interpose(ports, {
        after(act) {
          if (losable.has(act) && happens('lostOutside', 0.02)) throw new LostReply('the storm');
        },
      }),
  };
}

/** The request arrived and did its work; the kiosk does not hear of it. */
const losable: ReadonlySet<string> = new Set([
  ...['center.askOffers', 'center.placeOrder', 'center.reportPayment', 'center.cancelOrder', 'center.reportOutcome'],
  'login.prove',
]);

function slowReader<R extends RunningCenter['center']['reader']>(reader: R, wait: () => Promise<void>): R {
  return {
    ...reader,
    read: async (...args: Parameters<R['read']>) => {
      await wait();
      return reader.read(args[0], args[1]);
    },
  };
}

/** Somebody upstream has less patience than usual. */
function cutShort(deadline: CenterDeadline, ms: number): CenterDeadline {
  const endsAt = performance.now() + ms;
  return {
    signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(ms)]),
    leftMs: () => Math.min(deadline.leftMs(), endsAt - performance.now()),
    refuseIfPassed() {
      deadline.refuseIfPassed();
      if (performance.now() >= endsAt) throw new ProtocolError('DEADLINE_PASSED', 'the storm');
    },
  };
}
