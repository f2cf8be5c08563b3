/**
 * Issuing servers over mutual TLS. A municipality may have several; the next one is tried only when a connection could not be
 * made at all, because then no request can have arrived. A server is asked for its build first, and one with a build that is not
 * approved is asked for nothing else. What they
 * refuse is passed on if the protocol lets a kiosk hear it; anything else means that the municipality is not available.
 */
import {
  centerEndpoints,
  type Endpoint,
  type ErrorCode,
  type IssuerStatus,
  issuerEndpoints,
  ProtocolError,
  refuse,
} from '@machikado/protocol';
import { type CallOptions, type ReplyOf, TransportError } from '@machikado/server';
import { type Deadline, type IssuerGateway, IssuerSilent } from '../ports.ts';
import type { Municipality, ServerAddress } from '../settings.ts';
import type { Lane, PinnedClients } from './pinned-clients.ts';

export function issuersOverMtls(clients: PinnedClients): IssuerGateway {
  const builds = new Map<string, string>();

  async function readStatus(address: ServerAddress, deadline?: Deadline): Promise<IssuerStatus> {
    const status = await clients
      .of(address, 'background')
      .call(issuerEndpoints.issuerStatus, { ...(deadline && { deadline }) });
    builds.set(address.url, status.build);
    return status;
  }

  async function ask<E extends Endpoint>(
    town: Municipality,
    endpoint: E,
    options: CallOptions<E>,
    mayRefuseWith: readonly ErrorCode[],
    mayServe: (address: ServerAddress) => Promise<boolean>,
    lane: Lane = 'orders',
  ): Promise<ReplyOf<E>> {
    let failure: unknown = new IssuerSilent('no issuing server can be reached');
    let otherBuild = false;
    for (const address of town.issuers) {
      try {
        if (await mayServe(address)) return await clients.of(address, lane).call(endpoint, options);
        otherBuild = true;
      } catch (error) {
        if (!neverArrived(error)) return refuseFor(error, mayRefuseWith);
        failure = error;
      }
    }
    if (otherBuild) refuse('BUILD_NOT_APPROVED', 'no issuing server that can be reached runs an approved build');
    return refuseFor(failure, mayRefuseWith);
  }

  const isApproved = (town: Municipality, deadline: Deadline) => async (address: ServerAddress) =>
    town.approvedBuilds.includes(builds.get(address.url) ?? (await readStatus(address, deadline)).build);
  /** What was issued must be told its end, whatever runs there now. */
  const anyBuild = async () => true;

  return {
    askOffers(town, body, deadline) {
      const { refusals } = centerEndpoints.askOffers;
      return ask(town, issuerEndpoints.issuerOffers, { body, deadline }, refusals, isApproved(town, deadline));
    },
    order(town, body, deadline) {
      const { refusals } = centerEndpoints.placeOrder;
      return ask(town, issuerEndpoints.issuerOrder, { body, deadline }, refusals, isApproved(town, deadline));
    },
    async reportOutcome(town, body) {
      const { orderId } = body;
      const { refusals } = issuerEndpoints.issuerOutcome;
      await ask(town, issuerEndpoints.issuerOutcome, { body, params: { orderId } }, refusals, anyBuild, 'background');
    },
    async readStatus(town) {
      const heard = await Promise.allSettled(town.issuers.map((address) => readStatus(address)));
      return heard.flatMap((answer): IssuerStatus[] => (answer.status === 'fulfilled' ? [answer.value] : []));
    },
  };
}

function neverArrived(error: unknown): boolean {
  return error instanceof TransportError && error.kind === 'unreachable' && error.sent === false;
}

/** Any server may say these of itself; the other common refusals would blame the kiosk for what the center asked. */
const saidOfAnyone: readonly ErrorCode[] = ['TOO_BUSY', 'DEADLINE_PASSED'];

function refuseFor(error: unknown, mayRefuseWith: readonly ErrorCode[]): never {
  if (error instanceof TransportError && error.kind === 'timeout')
    refuse('DEADLINE_PASSED', 'the issuing server did not answer in time', { cause: error });
  if (error instanceof TransportError && error.kind === 'bad-reply')
    refuse('MUNICIPALITY_UNAVAILABLE', 'the answer cannot be used', { cause: error });
  if (error instanceof TransportError) throw new IssuerSilent(error.kind, { cause: error });
  if (!(error instanceof ProtocolError)) throw error;
  if (mayRefuseWith.includes(error.code) || saidOfAnyone.includes(error.code)) throw error;
  return refuse('MUNICIPALITY_UNAVAILABLE', `the issuing server answered ${error.code}`, { cause: error });
}
