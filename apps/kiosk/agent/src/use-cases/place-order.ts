/**
 * 作成中: places the order and takes the sealed copies in. The order id is journaled before it is sent. A reply that never came
 * kills the order; the kiosk orders once more, under a new id that names the dead one.
 */
import { digestOf, toHex } from '@machikado/pki';
import { errorCodes, type Offers, ProtocolError } from '@machikado/protocol';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import { LostReply, type Ports } from '../ports.ts';
import type { UseMemory } from '../use-memory.ts';
import { checkSeal, type SealedCopies } from './check-seal.ts';
import type { Confirmed } from './confirm-selection.ts';
import type { Login } from './log-in.ts';
import { settleOrder } from './settle-order.ts';

export interface Order extends SealedCopies {
  readonly orderId: string;
  readonly manifestDigest: string;
  readonly names: readonly string[];
}

export interface Wish extends Confirmed {
  readonly login: Login;
  readonly lgCode: Offers['lgCode'];
}

const ATTEMPTS = 2;
const ORDER_ID_BYTES = 16;

export async function placeOrder(
  wish: Wish,
  memory: UseMemory,
  ports: Ports,
  onOrder: (orderId: string) => void = () => {},
): Promise<Order> {
  let replaces: string | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const orderId = toHex(ports.random(ORDER_ID_BYTES));
    onOrder(orderId);
    try {
      return await tryOrder(orderId, replaces, wish, memory, ports);
    } catch (error) {
      await settleOrder(orderId, reasonOf(error), ports);
      if (attempt === ATTEMPTS || !mayOrderAgain(error)) throw error instanceof LostReply ? unreachable(error) : error;
      replaces = orderId;
    }
  }
}

async function tryOrder(
  orderId: string,
  replaces: string | undefined,
  { login, lgCode, selection, names }: Wish,
  memory: UseMemory,
  ports: Ports,
): Promise<Order> {
  const link = replaces === undefined ? {} : { replaces };
  await note(orderId, { event: 'order-intended', feeYen: selection.feeYen, ...link }, ports);
  const { sessionId, proof, centerId } = login;
  const sealed = await ports.center.placeOrder({ orderId, sessionId, lgCode, proof, selection, ...link });
  const copies = await checkSeal(sealed, { orderId, sessionId, lgCode, centerId, selection }, memory, ports);
  await note(orderId, { event: 'order-sealed', copies: copies.copies.map(toFacts) }, ports);
  return { ...copies, orderId, manifestDigest: digestOf(sealed.manifest), names };
}

const toFacts = ({ copy, feeYen, sheets }: SealedCopies['copies'][number]) => ({ copy, feeYen, sheets });

/** FEE_CHANGED needs a new confirmation, so it is not repeated by itself. */
function mayOrderAgain(error: unknown): boolean {
  if (error instanceof LostReply) return true;
  return error instanceof ProtocolError && error.code !== 'FEE_CHANGED' && errorCodes[error.code].retry === 'new-order';
}

const reasonOf = (error: unknown) =>
  error instanceof ProtocolError && error.code === 'BINDING_MISMATCH' ? 'check-failed' : 'timeout';

const unreachable = (cause: LostReply) => new KioskFault('CENTER_UNREACHABLE', { cause });
