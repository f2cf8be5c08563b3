/** What the center last heard from each issuing server, asked in the background so that a status costs no resident any time. */
import type { IssuerStatus, KindStatus } from '@machikado/protocol';
import type { IssuerGateway, IssuerStandings, Standing } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import { type Breaker, lineOf } from './breaker.ts';

export interface IssuerWatch extends IssuerStandings {
  refresh(towns: Iterable<Municipality>): Promise<void>;
}

export function watchIssuers(issuers: IssuerGateway, breaker: Breaker): IssuerWatch {
  const heard = new Map<string, Standing>();

  const rests = (lgCode: string, { kind, open }: KindStatus) => open && breaker.isResting(lineOf(lgCode, kind));
  const away = ({ kind }: KindStatus): KindStatus => ({ kind, open: false, reason: 'unavailable' });

  async function ask(town: Municipality): Promise<Standing> {
    const statuses = await issuers.readStatus(town).catch(() => []);
    const standing = standingOf(town, statuses);
    heard.set(town.lgCode, standing);
    return standing;
  }

  return {
    of: async (town) => heard.get(town.lgCode) ?? ask(town),
    lastHeard(lgCode) {
      if (breaker.isResting(lineOf(lgCode))) return { kind: 'unreachable' };
      const standing = heard.get(lgCode);
      if (standing?.kind !== 'serving') return standing;
      return { ...standing, kinds: standing.kinds.map((status) => (rests(lgCode, status) ? away(status) : status)) };
    },
    async refresh(towns) {
      await Promise.all([...towns].map(ask));
    },
  };
}

/** A kind is open when any server with an approved build says so. */
export function standingOf(town: Municipality, statuses: readonly IssuerStatus[]): Standing {
  if (statuses.length === 0) return { kind: 'unreachable' };
  const approved = statuses.filter(({ build }) => town.approvedBuilds.includes(build));
  if (approved.length === 0) return { kind: 'build-not-approved' };
  const said = approved.flatMap(({ municipalities }) =>
    municipalities.filter(({ lgCode }) => lgCode === town.lgCode).flatMap(({ kinds }) => kinds),
  );
  const kinds = new Map<string, KindStatus>();
  for (const status of said) if (status.open || !kinds.has(status.kind)) kinds.set(status.kind, status);
  return { kind: 'serving', kinds: [...kinds.values()] };
}
