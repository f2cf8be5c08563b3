/** Before PIN and money: what does not work now, why, and until when. */
import type { KindStatus, MunicipalityStatus, SceneOfStep, StatusReply } from '@machikado/protocol';

type Menu = Extract<SceneOfStep, { step: 'menu' }>;

/** ① The service can be begun: the machine works, the center answers and is open. */
export function canBegin({ machine, status }: Menu): boolean {
  return machine.faults.length === 0 && status?.open === true;
}

/** The kind that a town does not issue now, if it issues none of them: its reason stands for the town. */
export function whyTownCloses({ kinds }: MunicipalityStatus): KindStatus | undefined {
  return kinds.some(({ open }) => open) ? undefined : kinds[0];
}

const SHUT_ROWS_MAX = 8;

/** Kinds of one town that are shut for the same reason and until the same time; `all`: it issues nothing. */
export interface ShutRow extends Pick<MunicipalityStatus, 'lgCode' | 'name'>, Pick<KindStatus, 'reason' | 'opensAt'> {
  readonly kinds: readonly KindStatus['kind'][];
  readonly all: boolean;
}

/** What participating towns do not issue now: the first rows of it, and how many there are. */
export function shutKinds({ municipalities }: StatusReply) {
  const all = municipalities.flatMap(shutRowsOf);
  const rows = all.slice(0, SHUT_ROWS_MAX);
  return { rows, count: all.length, more: all.length - rows.length };
}

function shutRowsOf({ lgCode, name, kinds }: MunicipalityStatus): readonly ShutRow[] {
  const shut = kinds.filter(({ open }) => !open);
  const isAlike = (one: KindStatus, other: KindStatus) => one.reason === other.reason && one.opensAt === other.opensAt;
  return shut.flatMap((first, i): ShutRow[] => {
    if (shut.findIndex((one) => isAlike(one, first)) !== i) return [];
    const alike = shut.filter((one) => isAlike(one, first));
    const { kind: _, open: __, ...why } = first;
    return [{ lgCode, name, ...why, kinds: alike.map(({ kind }) => kind), all: alike.length === kinds.length }];
  });
}

/** `2026-11-22T21:30:00Z` → 「本日6:30」, or with its day when that is another one. Always the time of Japan. */
export function timeInJapan(instant: string, now: string, language: string, today: (time: string) => string): string {
  const format = (options: Intl.DateTimeFormatOptions, at: string) =>
    new Intl.DateTimeFormat(language, { timeZone: 'Asia/Tokyo', ...options }).format(new Date(at));
  const day = (at: string) => format({ dateStyle: 'short' }, at);
  const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' };
  if (day(instant) === day(now)) return today(format(time, instant));
  return format({ month: 'long', day: 'numeric', weekday: 'short', ...time }, instant);
}
