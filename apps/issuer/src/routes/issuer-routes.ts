/** The endpoints of the issuing server (IS-…), each one use case. */
import { issuerEndpoints } from '@machikado/protocol';
import type { MachikadoServer } from '@machikado/server';
import type { Ports } from '../ports.ts';
import { issueOrder } from '../use-cases/issue-order.ts';
import { listOffers } from '../use-cases/list-offers.ts';
import { recordOutcome } from '../use-cases/record-outcome.ts';
import { reportStatus } from '../use-cases/report-status.ts';
import type { TownPlaces } from './town-places.ts';

/** What waits for a registry has its place in a town’s share; status and outcomes are taken as long as the server has places. */
export function serveIssuer(server: MachikadoServer, ports: Ports, places: TownPlaces): MachikadoServer {
  return server
    .on(issuerEndpoints.issuerStatus, () => reportStatus(ports))
    .on(issuerEndpoints.issuerOffers, ({ body, deadline }) =>
      places.within(body.lgCode, () => listOffers(body, deadline, ports)),
    )
    .on(issuerEndpoints.issuerOrder, ({ body, deadline }) =>
      places.inTurn(body.lgCode, deadline, () => issueOrder(body, deadline, ports)),
    )
    .on(issuerEndpoints.issuerOutcome, async ({ body, params }) => {
      await recordOutcome({ orderId: params.orderId ?? '', outcome: body }, ports);
      return { ok: true as const };
    });
}
