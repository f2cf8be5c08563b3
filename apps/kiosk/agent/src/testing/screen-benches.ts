/** Kiosks with a glass for a file of tests, each waiting at ①; they are closed after each test. */
import { rmSync } from 'node:fs';
import { physicalTruth } from '@machikado/simulators';
import { afterEach } from 'vitest';
import { openScreenBench, type ScreenBench } from './screen-bench.ts';

export function useScreenBenches(): (
  options?: Parameters<typeof openScreenBench>[0] & { readonly begun?: boolean },
) => Promise<ScreenBench> {
  const benches: ScreenBench[] = [];
  afterEach(async () => {
    for (const { kiosk, machine, stop } of benches.splice(0)) {
      stop();
      await machine.close().catch(() => undefined);
      rmSync(kiosk.dir, { recursive: true, force: true });
    }
  });
  return async ({ begun = true, ...options } = {}) => {
    const one = await openScreenBench(options);
    benches.push(one);
    if (begun) one.begin();
    return one;
  };
}

export const keptYen = ({ kiosk }: ScreenBench) => {
  const { insertedYen, returnedYen, dispensedYen } = physicalTruth(kiosk.dir).cash;
  return insertedYen - returnedYen - dispensedYen;
};
