/** A whole site in a process of its own, so that its memory and that of its processes can be told from the senders’. Says its port, and ends with its parent. */
import { compose, type VerificationConfig } from '../../apps/verification/src/index.ts';

process.once('message', async (config: VerificationConfig) => {
  const site = await compose(config);
  process.send?.(await site.listen());
});
process.on('disconnect', () => process.exit(0));
