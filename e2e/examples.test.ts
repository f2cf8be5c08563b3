import { readdirSync, readFileSync } from 'node:fs';
import { centerEndpoints, type Endpoint, ErrorReply } from '@machikado/protocol';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';

const folder = new URL('../docs/protocol/examples/', import.meta.url);
const endpoints = new Map(Object.values<Endpoint>(centerEndpoints).map((endpoint) => [endpoint.id, endpoint]));

for (const file of readdirSync(folder)) {
  test(`docs/protocol/examples/${file} is what the schemas say`, () => {
    const { request, status, reply } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const endpoint = endpoints.get(request.id);
    expect(endpoint).toMatchObject({ method: request.method, path: request.path });
    if (endpoint?.body) expect([...Value.Errors(endpoint.body, request.body)]).toEqual([]);
    expect([...Value.Errors(status === 200 ? (endpoint as Endpoint).reply : ErrorReply, reply)]).toEqual([]);
  });
}
