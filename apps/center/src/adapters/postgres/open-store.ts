/** The store on PostgreSQL. Any number of centers on one database behave as one: nothing is decided in memory. */
import type { Database, Sql } from '@machikado/database';
import type { Store, Tables } from '../../store.ts';
import { auditTable } from './audit-table.ts';
import { cancellationTable } from './cancellation-table.ts';
import { copyTable } from './copy-table.ts';
import { directoryTable } from './directory-table.ts';
import { ledgerTable } from './ledger-table.ts';
import { noticeTable } from './notice-table.ts';
import { orderTable } from './order-table.ts';
import { outboxTable } from './outbox-table.ts';
import { sessionTable } from './session-table.ts';
import { suspensionTable } from './suspension-table.ts';

export function openStore(db: Database): Store {
  return { ...tablesOn(db), transaction: (work) => db.transaction((tx) => work(tablesOn(tx))) };
}

function tablesOn(sql: Sql): Tables {
  return {
    sessions: sessionTable(sql),
    directory: directoryTable(sql),
    orders: orderTable(sql),
    copies: copyTable(sql),
    ledger: ledgerTable(sql),
    suspensions: suspensionTable(sql),
    notices: noticeTable(sql),
    audit: auditTable(sql),
    outbox: outboxTable(sql),
    cancellations: cancellationTable(sql),
  };
}
