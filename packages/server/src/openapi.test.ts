import assert from 'node:assert/strict';
import {
  centerEndpoints,
  issuerEndpoints,
  registryEndpoints,
  siteEndpoints,
  verificationEndpoints,
} from '@machikado/protocol';
import { test } from 'vitest';
import { toOpenApi } from './openapi.ts';
import { toSiteOpenApi } from './site-openapi.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is walked by hand here
type Document = any;

test('every endpoint row is an operation with its schemas, and every refusal a response', () => {
  for (const rows of [centerEndpoints, issuerEndpoints, registryEndpoints, verificationEndpoints]) {
    const document: Document = toOpenApi('t', rows);
    for (const [name, row] of Object.entries(rows)) {
      const operation = document.paths[row.path.replace(/:(\w+)/g, '{$1}')][row.method.toLowerCase()];
      assert.equal(operation.operationId, name);
      assert.deepEqual(
        operation.responses[200].content['application/json'].schema,
        JSON.parse(JSON.stringify(row.reply)),
      );
      const told = JSON.stringify(operation.responses);
      for (const code of row.refusals) assert.ok(told.includes(`${code}: `), `${name} ${code}`);
    }
  }
});

test('path parameters, bodies and the deadline header are described', () => {
  const document: Document = toOpenApi('Center', centerEndpoints);
  const { parameters, requestBody } = document.paths['/v1/orders/{orderId}/payment'].post;
  assert.deepEqual(
    parameters.map(({ name, in: where }: { name: string; in: string }) => `${where} ${name}`),
    ['path orderId', 'header deadline-ms'],
  );
  assert.equal(parameters[0].schema.pattern, '^[0-9a-f]{32}$');
  assert.equal(requestBody.content['application/json'].schema.additionalProperties, false);
});

test('the site for the public: forms in, JSON or a page out, every refusal, and no client cert', () => {
  const document: Document = toSiteOpenApi('Site', siteEndpoints);
  assert.equal(document.security, undefined);
  const { post } = document.paths['/v1/verifications'];
  assert.equal(post.requestBody.content['multipart/form-data'].schema.additionalProperties, false);
  for (const code of siteEndpoints.checkSheet.refusals) assert.ok(JSON.stringify(post.responses).includes(`${code}: `));
  const page = document.paths['/'].post.responses[200].content['text/html'].schema;
  assert.deepEqual(page['x-answer'], post.responses[200].content['application/json'].schema);
});
