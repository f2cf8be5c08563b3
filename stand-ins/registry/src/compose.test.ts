import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createLog } from '@machikado/server';
import { issueServicePki } from '@machikado/testkit';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { RegistryConfig } from './config.ts';
import { adminEndpoints } from './serve.ts';

test('from its settings to a change, through a restart: the change is still there', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'registry-'));
  const { keyFile, certFile, caFile } = (await issueServicePki(dir, ['registry'])).peer('registry');
  const config: RegistryConfig = {
    towns: [{ lgCode: '990019', seed: 'test' }],
    issuers: [],
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    stateDir: join(dir, 'state'),
    tls: { keyFile, certFile, caFile },
  };
  expect(Check(RegistryConfig, config)).toBe(true);
  const log = createLog({ service: 'registry', write: () => {} });

  const first = compose(config, { log });
  const residentId = first.registry.towns[0]?.personas.single as string;
  const { adminPort } = await first.listen();
  const admin = createClient({ baseUrl: `http://127.0.0.1:${adminPort}` });
  await admin.call(adminEndpoints.applyChanges, {
    body: { lgCode: '990019', changes: [{ type: 'died', residentId }] },
  });
  await admin.close();
  await first.close();

  const second = compose(config, { log });
  await second.listen();
  const { members } = second.registry.readRecord({ lgCode: '990019', residentId });
  expect(members[0]?.status).toBe('deceased');
  await second.close();
  rmSync(dir, { recursive: true });
});
