/** The table of endpoints of packages/protocol, each row with its use case. Shapes and peers are checked before any of them runs. */
import { centerEndpoints as endpoints } from '@machikado/protocol';
import type { Call, MachikadoServer } from '@machikado/server';
import { kioskOf, municipalitiesOf } from '../peers.ts';
import type { Center } from '../ports.ts';
import { askOffers } from '../use-cases/ask-offers.ts';
import { beginSession } from '../use-cases/begin-session.ts';
import { cancelOrder } from '../use-cases/cancel-order.ts';
import { endSession } from '../use-cases/end-session.ts';
import { findOrderStatus } from '../use-cases/find-order-status.ts';
import { placeOrder } from '../use-cases/place-order.ts';
import { proveSession } from '../use-cases/prove-session.ts';
import { publishDirectory } from '../use-cases/publish-directory.ts';
import { reportOutcome } from '../use-cases/report-outcome.ts';
import { reportPayment } from '../use-cases/report-payment.ts';
import { showStatus } from '../use-cases/show-status.ts';

export function centerRoutes(server: MachikadoServer, center: Center): MachikadoServer {
  const kiosk = ({ peer }: Call) => kioskOf(center.settings(), peer);
  return server
    .on(endpoints.status, () => showStatus(center))
    .on(endpoints.beginSession, (call) => beginSession(center, kiosk(call), call.exporter()))
    .on(endpoints.proveSession, (call) =>
      proveSession(center, {
        sessionId: sessionIdOf(call),
        kiosk: kiosk(call),
        exporter: call.exporter(),
        answer: call.body,
        deadline: call.deadline,
      }),
    )
    .on(endpoints.askOffers, (call) =>
      askOffers(center, { ...call.body, sessionId: sessionIdOf(call), kiosk: kiosk(call) }, call.deadline),
    )
    .on(endpoints.placeOrder, (call) => placeOrder(center, kiosk(call), call.body, call.deadline))
    .on(endpoints.reportPayment, (call) => reportPayment(center, kiosk(call), orderIdOf(call), call.body))
    .on(endpoints.cancelOrder, (call) => cancelOrder(center, kiosk(call), orderIdOf(call), call.body))
    .on(endpoints.reportOutcome, (call) => reportOutcome(center, kiosk(call), orderIdOf(call), call.body))
    .on(endpoints.orderStatus, (call) => findOrderStatus(center, kiosk(call), orderIdOf(call)))
    .on(endpoints.endSession, (call) => endSession(center, kiosk(call), sessionIdOf(call)))
    .on(endpoints.publishDirectory, (call) => publishDirectory(center, municipalitiesOf(call.peer), call.body));
}

/** The server has checked the form of ids in paths. */
function sessionIdOf({ params }: Call): string {
  return params.sessionId ?? '';
}

function orderIdOf({ params }: Call): string {
  return params.orderId ?? '';
}
