/** The test JPKI as a process: `node --import tsx main.ts --dir <folder> [--host] [--port] [--admin-port] [--signer]`. */
import { parseArgs } from 'node:util';
import { startAdmin } from './admin-http.ts';
import { type SignerKind, signerKinds } from './hierarchy.ts';
import { startResponder } from './ocsp-http.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import { openTestJpki } from './state-folder.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    'admin-port': { type: 'string', default: '0' },
    signer: { type: 'string', default: 'rsa' },
  },
});
const { dir, signer } = values;
if (dir === undefined) throw new Error('--dir is missing: the folder of the CA');
if (!Object.hasOwn(signerKinds, signer)) throw new Error(`--signer is one of ${Object.keys(signerKinds).join(', ')}`);

const now = () => new Date();
const jpki = await openTestJpki(dir, now);
const respond = createOcspResponder(jpki, { signer: signer as SignerKind, now });
const responder = await startResponder(respond, { host: values.host, port: portOf('port') });
const admin = await startAdmin(jpki, { port: portOf('admin-port') });
// One line of JSON tells whoever started this process that it is ready, and where.
process.stdout.write(`${JSON.stringify({ event: 'ready', ocspUrl: responder.url, adminUrl: admin.url })}\n`);

const end = () => void Promise.all([responder.close(), admin.close()]).then(() => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
// Started by a parent process that is gone: nobody would ever end this one.
process.once('disconnect', end);

function portOf(name: 'port' | 'admin-port'): number {
  const port = Number(values[name]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--${name} is not a port`);
  return port;
}
