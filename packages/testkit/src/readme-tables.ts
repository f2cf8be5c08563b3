/** The tables of an app’s README that come from code: its settings and the events it records. A test holds the README to them. */
interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly items?: Described;
  /** The keys are a list of these, all alike: one of them is shown. */
  readonly keyName?: string;
}

/** One row for each key of a TypeBox schema, the inner ones with their path. */
export function settingsTable(schema: object): string {
  return ['| setting | needed | meaning |', '|---|---|---|', ...settingsOf(schema, '')].join('\n');
}

export function eventsTable(events: Readonly<Record<string, string>>): string {
  const rows = Object.entries(events).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ['| event | meaning |', '|---|---|', ...rows].join('\n');
}

function settingsOf({ properties = {}, required = [], keyName }: Described, at: string): string[] {
  const entries = Object.entries(properties);
  const shown =
    keyName === undefined ? entries : entries.slice(0, 1).map(([, schema]) => [`<${keyName}>`, schema] as const);
  return shown.flatMap(([key, schema]) => {
    const list = schema.items?.properties !== undefined;
    const name = `${at}${key}${list ? '[]' : ''}`;
    const inner = list ? (schema.items as Described) : schema;
    const meaning = schema.description ?? inner.description ?? '';
    const row = `| \`${name}\` | ${required.includes(key) ? 'yes' : ''} | ${meaning} |`;
    return [row, ...settingsOf(inner, `${name}.`)];
  });
}
