/** The smallest service, for the test of runService. */
import { Type } from 'typebox';
import { createServer } from '../create-server.ts';
import { runService } from '../run-service.ts';

await runService({
  service: 'center',
  schema: Type.Object({ port: Type.Integer(), brittle: Type.Optional(Type.Boolean()) }),
  compose({ port, brittle }, { log }) {
    if (brittle) throw new Error('canary');
    const server = createServer({ service: 'center', log });
    return { listen: () => server.listen({ host: '127.0.0.1', port }), close: () => server.close() };
  },
});
