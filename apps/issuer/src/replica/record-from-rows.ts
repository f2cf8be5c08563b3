/** The record of one resident out of the rows of the files, in the shape in which a registry with an API gives it. */
import type { ReadRecord, RegistryPerson, RegistryRecord } from '@machikado/protocol';
import type { RegistryFile } from './file-specs.ts';

export interface BookRow {
  readonly file: RegistryFile;
  readonly id: string;
  readonly ended: boolean;
  readonly residentId: string;
  readonly body: Readonly<Record<string, unknown>>;
}
type Protection = RegistryPerson['protection'];
type Content = Omit<RegistryRecord, 'lgCode' | 'version' | 'readAt'>;

export function recordFrom(rows: readonly BookRow[], { residentId, sections = [], fiscalYear }: ReadRecord): Content {
  const of = (file: RegistryFile) => rows.filter((row) => row.file === file);
  const own = of('residents').find((row) => row.id === residentId);
  const home = own?.body as { address?: string; headName?: string } | undefined;
  const protectionOf = strongestOf(of('protections'));
  const protectedPerson = (person: unknown, who: string) =>
    ({ ...(person as object), protection: protectionOf(who) }) as never;
  const members = of('residents')
    .filter(({ body }) => body.person !== undefined)
    .map(({ body, id }): RegistryPerson => protectedPerson(body.person, id))
    .sort(byOrder);
  const bookOf = (file: 'koseki' | 'address-history') => {
    const lines = of(file);
    const [first] = lines;
    if (!first) return null;
    const people = lines.map(({ body, residentId: who }) => protectedPerson(body.member, who)).sort(byOrder);
    return { ...(first.body.head as object), members: people } as never;
  };
  const seals = of('seals').map(({ body, ended }) => (ended ? { ...body, state: 'cancelled' } : body));
  const year = of('tax').find(({ body, ended }) => !ended && body.fiscalYear === fiscalYear);
  const asked = new Set(sections);
  return {
    address: home?.address ?? '',
    headName: home?.headName ?? '',
    members,
    ...(asked.has('seal') && {
      seal: (seals.find(({ state }) => state !== 'cancelled') ?? seals.at(-1) ?? null) as never,
    }),
    ...(asked.has('tax') && { tax: (year?.body ?? null) as never }),
    ...(asked.has('koseki') && { koseki: bookOf('koseki') }),
    ...(asked.has('address-history') && { addressHistory: bookOf('address-history') }),
  };
}

function strongestOf(rows: readonly BookRow[]): (residentId: string) => Protection {
  const order: readonly Protection[] = ['active', 'joint', 'provisional'];
  return (residentId) => {
    const found = rows.filter((row) => row.residentId === residentId).map(({ body }) => body.protection);
    return order.find((one) => found.includes(one)) ?? 'none';
  };
}

function byOrder(a: { readonly order: number }, b: { readonly order: number }): number {
  return a.order - b.order;
}
