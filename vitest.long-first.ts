/** Long files first, so that two cores end together; the rest by size, as Vitest has them without a cache. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const long = [
  'glass-walks',
  'screens',
  'kill',
  'glass-paths',
  'storm',
  'order-faults',
  'kiosk-faults',
  'readme',
  'printers.debian',
  'pcsc.debian',
];
const rank = ({ moduleId }: TestSpecification) => {
  const found = long.findIndex((name) => moduleId.includes(`/e2e/${name}.`));
  return found < 0 ? long.length : found;
};

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
