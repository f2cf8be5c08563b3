/** A server of the relay row as a process: `node --import tsx main.ts <plan.json>`. What the center does to pass something on: its own server in front, its own client behind, nothing else. */
import { readFileSync } from 'node:fs';
import { createClient, createLog, createServer } from '@machikado/server';
import { document, peerOf, type RelayPlan, relayed } from './peers.ts';

const { listenPort, own, caller, next } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as RelayPlan;
const client = next && createClient({ baseUrl: next.url, tls: own, serverPins: [next.pin] });
const server = createServer({
  service: 'bench-relay',
  log: createLog({ service: 'bench-relay' }),
  tls: own,
  identify: (pin) => (pin === caller.pin ? peerOf() : undefined),
});
server.on(relayed, async ({ deadline }) => (client ? client.call(relayed, { deadline }) : document));
await server.listen({ host: '127.0.0.1', port: listenPort });
process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
