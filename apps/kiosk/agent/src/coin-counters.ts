/**
 * 金銭計数: what the counters of the coin unit say has moved since they were written down. They only ever grow; a unit that counts
 * otherwise was exchanged or lost its memory. Nothing is paid out by guess then: the order stays open for staff.
 */
import { KioskFault } from './kiosk-fault.ts';

export function movedYen(
  beforeYen: number,
  nowYen: number,
  { leastYen = 0, mostYen = Number.POSITIVE_INFINITY } = {},
): number {
  const yen = nowYen - beforeYen;
  if (yen < leastYen || yen > mostYen) throw new KioskFault('COIN_UNIT_FAULT', { cause: new CountersUnknown() });
  return yen;
}

/** So the log says it. */
class CountersUnknown extends Error {
  override readonly name = 'CoinCountersUnknown';
}
