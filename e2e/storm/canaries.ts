/** 目印: many texts looked for at once. Every value of a resident is one, so that it betrays itself on a stranger’s page. */

export interface Canaries {
  /** Which of them stand in the text. */
  in(text: string): string[];
}

/** Shorter ones cannot be told from ordinary words. */
export const CANARY_LETTERS_MIN = 4;

export function createCanaries(values: Iterable<string>): Canaries {
  const byBeginning = new Map<string, string[]>();
  for (const value of new Set(values)) {
    if (value.length < CANARY_LETTERS_MIN) throw new RangeError('too short for a canary');
    const beginning = value.slice(0, CANARY_LETTERS_MIN);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), value]);
  }
  return {
    in(text) {
      const found = new Set<string>();
      for (let at = 0; at + CANARY_LETTERS_MIN <= text.length; at += 1)
        for (const value of byBeginning.get(text.slice(at, at + CANARY_LETTERS_MIN)) ?? [])
          if (text.startsWith(value, at)) found.add(value);
      return [...found];
    },
  };
}
