/**
 * How long things last. A cert ends with the fifth birthday after its issue, the card with the tenth, both at the end of the day in
 * Japan. A CA generation lasts ten years and issues in the first five, so that three of them are alive at a time.
 */
const JST_MS = 9 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Years from `now` between which each generation is valid, oldest first. */
const generationYears = [
  [-9, 1],
  [-5, 5],
  [-1, 9],
] as const;
export const generationNumbers = [1, 2, 3] as const;
export type GenerationNumber = (typeof generationNumbers)[number];

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export function generationValidity(generation: GenerationNumber, now: Date): Validity {
  const [from, to] = generationYears[generation - 1] as readonly [number, number];
  return { notBefore: yearsFrom(now, from), notAfter: yearsFrom(now, to) };
}

/** Last second of the nth birthday after the issue; `birthday` is MM-DD. */
export function nthBirthday(birthday: string, nth: number, issuedAt: Date): Date {
  const issued = new Date(issuedAt.getTime() + JST_MS).toISOString();
  const first = Number(issued.slice(0, 4)) + (birthday > issued.slice(5, 10) ? 0 : 1);
  const year = first + nth - 1;
  const [month = 0, day = 0] = birthday.split('-').map(Number);
  // Those born on 29 February have their day on the last of the month in other years.
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const startUtc = Date.UTC(year, month - 1, Math.min(day, lastOfMonth)) - JST_MS;
  return new Date(startUtc + DAY_MS - 1000);
}

/** yyyymmdd in Japan, as the card tells it. */
export function cardDate(at: Date): string {
  return new Date(at.getTime() + JST_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

function yearsFrom(now: Date, years: number): Date {
  const at = new Date(now);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  at.setUTCMilliseconds(0);
  return at;
}
