/** The tables of README.md that come from code: settings and audit events. Run this file to print them. */
import { auditEvents } from '../audit-events.ts';
import { CenterConfig } from '../config.ts';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly items?: Described;
}

export function settingsTable(): string {
  const rows = settingsOf(CenterConfig as unknown as Described, '');
  return ['| setting | needed | meaning |', '|---|---|---|', ...rows].join('\n');
}

export function auditTable(): string {
  const rows = Object.entries(auditEvents).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ['| event | meaning |', '|---|---|', ...rows].join('\n');
}

function settingsOf({ properties = {}, required = [] }: Described, at: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const list = schema.items?.properties !== undefined;
    const name = `${at}${key}${list ? '[]' : ''}`;
    const inner = list ? (schema.items as Described) : schema;
    const meaning = schema.description ?? inner.description ?? '';
    const row = `| \`${name}\` | ${required.includes(key) ? 'yes' : ''} | ${meaning} |`;
    return [row, ...settingsOf(inner, `${name}.`)];
  });
}

if (import.meta.url === `file://${process.argv[1]}`) process.stdout.write(`${settingsTable()}\n\n${auditTable()}\n`);
