/** An order id is taken once and for ever; who comes second with the same id finds the order dead, and kills the first. */
import type { MunicipalSql } from './municipal-sql.ts';

export async function takeOrder(tx: MunicipalSql, orderId: string, sessionId: string, now: Date): Promise<boolean> {
  const taken = await tx.run(
    `insert into issue_order (lg_code, order_id, session_id, state, begun_at) values ($1, $2, $3, 'begun', $4)
     on conflict (lg_code, order_id) do nothing`,
    [tx.lgCode, orderId, sessionId, now],
  );
  return taken === 1;
}

/** Compare-and-set: false when somebody killed the order meanwhile. */
export async function closeOrder(tx: MunicipalSql, orderId: string): Promise<boolean> {
  const moved = await tx.run(
    `update issue_order set state = 'issued' where lg_code = $1 and order_id = $2 and state = 'begun'`,
    [tx.lgCode, orderId],
  );
  return moved === 1;
}

/** False when it was dead already. */
export async function killOrder(tx: MunicipalSql, orderId: string): Promise<boolean> {
  const killed = await tx.run(
    `update issue_order set state = 'dead' where lg_code = $1 and order_id = $2 and state <> 'dead'`,
    [tx.lgCode, orderId],
  );
  return killed === 1;
}

/** An order that the center gave up before it arrived here: if it still comes, it finds itself dead. */
export async function buryOrder(tx: MunicipalSql, orderId: string, now: Date): Promise<boolean> {
  const buried = await tx.run(
    `insert into issue_order (lg_code, order_id, session_id, state, begun_at) values ($1, $2, '', 'dead', $3)
     on conflict (lg_code, order_id) do nothing`,
    [tx.lgCode, orderId, now],
  );
  return buried === 1;
}

export async function isKnownOrder(tx: MunicipalSql, orderId: string): Promise<boolean> {
  return (
    (await tx.maybe('select 1 from issue_order where lg_code = $1 and order_id = $2', [tx.lgCode, orderId])) !==
    undefined
  );
}
