/** One change at one place of a message, whatever its schema: of the kind that programs forget about. */
type Chance = (below: number) => number;

/** `stray`: any value from elsewhere. */
export function changeMessage(message: unknown, chance: Chance, stray: () => unknown): unknown {
  const places = [...placesIn(message, (value) => value)];
  const { value, put } = places[chance(places.length)] as Place;
  const ways = [...waysFor(value), () => stray(), (pick: Chance) => STRANGE[pick(STRANGE.length)]];
  const change = ways[chance(ways.length)] as Way;
  return put(change(chance));
}

interface Place {
  readonly value: unknown;
  readonly put: (value: unknown) => unknown;
}
type Way = (chance: Chance) => unknown;

function* placesIn(value: unknown, put: Place['put']): Generator<Place> {
  yield { value, put };
  if (Array.isArray(value))
    for (const [i, one] of value.entries()) yield* placesIn(one, (next) => put(value.with(i, next)));
  else if (isObject(value))
    for (const [name, one] of Object.entries(value)) yield* placesIn(one, (next) => put({ ...value, [name]: next }));
}

const STRANGE: readonly unknown[] = [null, true, false, 0, -1, 1.5, 2 ** 53, 1e300, -0, '', '0', [], {}, [[]], [null]];
/** Not always text, not always of the length that it looks. */
const ODD = [
  ...['\0', '\n', '\r\n', ' ', '　', '\ud800', '\udc00\ud800', '\ufeff', '\u202e', 'e\u0301', '👨‍👩‍👧‍👦'],
  ...['\u{20000}', '葛\u{e0100}', '%00', '../', '{{7*7}}', "' or '1'='1", '<b>', '\\', '"', '\u2028', 'ﾊﾟ', '１'],
];

function waysFor(value: unknown): Way[] {
  if (typeof value === 'string') return waysForText(value);
  if (typeof value === 'number') return waysForNumber(value);
  if (typeof value === 'boolean') return [() => !value, () => String(value)];
  if (Array.isArray(value)) return waysForList(value);
  return isObject(value) ? waysForObject(value) : [];
}

function waysForText(text: string): Way[] {
  const odd = (chance: Chance) => ODD[chance(ODD.length)] as string;
  const into = (chance: Chance, put: string) => {
    const at = chance(text.length + 1);
    return text.slice(0, at) + put + text.slice(at);
  };
  return [
    (chance) => into(chance, odd(chance)),
    (chance) => text + odd(chance),
    (chance) => odd(chance) + text,
    (chance) => odd(chance).repeat(1 + chance(600)),
    (chance) => text.slice(0, chance(text.length + 1)),
    (chance) => text.repeat(2 + chance(20)),
    (chance) => into(chance, 'A'.repeat(chance(5_000))),
    (chance) => {
      const at = chance(text.length);
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << chance(7))) + text.slice(at + 1);
    },
    () => text.toUpperCase(),
    () => text.split('').reverse().join(''),
    () => Number(text) || 0,
    () => [text],
  ];
}

function waysForNumber(number: number): Way[] {
  return [
    ...[1, -1, 100, -100, 0.5].map((by) => () => number + by),
    () => -number,
    () => String(number),
    () => number * 1e9,
    () => [number],
  ];
}

function waysForList(list: readonly unknown[]): Way[] {
  return [
    (chance) => list.toSpliced(chance(list.length), 1),
    (chance) => [...list, list[chance(list.length)] ?? null],
    (chance) => Array.from({ length: chance(2_000) }, (_, i) => list[i % (list.length || 1)] ?? null),
    () => list.toReversed(),
    () => ({ ...list }),
    () => list[0] ?? null,
  ];
}

function waysForObject(object: Readonly<Record<string, unknown>>): Way[] {
  const names = Object.keys(object);
  const one = (chance: Chance) => names[chance(names.length)] ?? 'nothing';
  return [
    (chance) => without(object, one(chance)),
    (chance) => ({ ...without(object, one(chance)), ...without(object, one(chance)) }),
    (chance) => ({ ...object, [one(chance)]: object[one(chance)] }),
    (chance) => ({ ...object, [`${one(chance)} `]: 1 }),
    (chance) => ({ ...object, [one(chance).toUpperCase()]: object[one(chance)] }),
    (chance) =>
      Object.defineProperty({ ...object }, ['__proto__', 'constructor', 'toJSON'][chance(3)] as string, {
        ...{ value: 'x', enumerable: true },
      }),
    () => [object],
    () => JSON.stringify(object),
  ];
}

function without(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([one]) => one !== name));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
