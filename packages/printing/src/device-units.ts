/** Trays and supplies as printers tell them: `key=value;…` in octets (PWG 5100.13 §5.6), the numbers after RFC 3805. */
export interface TrayUnit {
  readonly name?: string;
  readonly type?: string;
  /** Sheets; undefined when the printer cannot tell. */
  readonly capacity?: number;
  readonly level?: number;
  readonly feedMicrometers?: number;
  readonly crossFeedMicrometers?: number;
}

export interface SupplyUnit {
  readonly type?: string;
  readonly class?: string;
  readonly colorant?: string;
  readonly percent?: number;
}

type Fields = ReadonlyMap<string, string>;

export function parseInputTray(text: string): TrayUnit {
  const fields = fieldsOf(text);
  const micrometers = fields.get('dimunit') === 'micrometers';
  return {
    ...labels(fields),
    ...present('capacity', count(fields, 'maxcapacity')),
    ...present('level', count(fields, 'level')),
    ...(micrometers && present('feedMicrometers', count(fields, 'mediafeed'))),
    ...(micrometers && present('crossFeedMicrometers', count(fields, 'mediaxfeed'))),
  };
}

/** `level`: sheets lying in it. */
export function parseOutputTray(text: string): TrayUnit {
  const fields = fieldsOf(text);
  const capacity = count(fields, 'maxcapacity');
  const remaining = count(fields, 'remaining');
  const level = capacity === undefined || remaining === undefined ? undefined : Math.max(0, capacity - remaining);
  return { ...labels(fields), ...present('capacity', capacity), ...present('level', level) };
}

export function parseSupply(text: string): SupplyUnit {
  const fields = fieldsOf(text);
  const capacity = count(fields, 'maxcapacity');
  const level = count(fields, 'level');
  const percent =
    capacity === undefined || level === undefined || capacity === 0 ? undefined : (level / capacity) * 100;
  return {
    ...present('type', fields.get('type')),
    ...present('class', fields.get('class')),
    ...present('colorant', fields.get('colorantname')),
    ...present('percent', percent),
  };
}

export function writeUnit(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${value};`)
    .join('');
}

function fieldsOf(text: string): Fields {
  return new Map(
    text.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const];
    }),
  );
}

function labels(fields: Fields): Pick<TrayUnit, 'name' | 'type'> {
  return { ...present('name', fields.get('name')), ...present('type', fields.get('type')) };
}

/** Negative numbers say "other", "unknown" or "some". */
function count(fields: Fields, key: string): number | undefined {
  const text = fields.get(key);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function present<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]: V });
}
