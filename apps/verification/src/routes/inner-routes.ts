/** The listener that only the center may call. */
import { verificationEndpoints } from '@machikado/protocol';
import type { MachikadoServer } from '@machikado/server';
import type { CancellationFile } from '../adapters/cancellation-file.ts';

export function innerRoutes(server: MachikadoServer, cancellations: CancellationFile): void {
  server.on(verificationEndpoints.takeCancellations, async ({ body }) => ({
    version: await cancellations.take(body.list),
  }));
}
