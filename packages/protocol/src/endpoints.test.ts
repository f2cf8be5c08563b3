import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import {
  centerEndpoints,
  commonRefusals,
  type Endpoint,
  errorCodes,
  issuerEndpoints,
  registryEndpoints,
  verificationEndpoints,
} from './index.ts';

const tables = [centerEndpoints, issuerEndpoints, registryEndpoints, verificationEndpoints];
const all: Endpoint[] = tables.flatMap((table) => Object.values<Endpoint>(table));

test('ids are unique, and so are method and path within one server', () => {
  expect(new Set(all.map((e) => e.id)).size).toBe(all.length);
  for (const table of tables) {
    const routes = Object.values<Endpoint>(table).map((e) => `${e.method} ${e.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  }
});

test('every object that crosses a wire refuses unknown members', () => {
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const node = schema as Record<string, unknown>;
    if (node.type === 'object') expect(node.additionalProperties, path).toBe(false);
    for (const [key, child] of Object.entries(node)) walk(child, `${path}/${key}`);
  };
  for (const e of all) {
    walk(e.body, `${e.id}/body`);
    walk(e.reply, `${e.id}/reply`);
  }
});

test('every string and array on the wire has an upper bound', () => {
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const node = schema as Record<string, unknown>;
    if (node.type === 'string') expect(node.maxLength ?? node.pattern, `${path} is unbounded`).toBeDefined();
    if (node.type === 'string' && node.maxLength === undefined)
      expect(String(node.pattern), path).not.toMatch(/[*+](?![^(]*\))(?!\$?$)|\{\d+,\}/);
    if (node.type === 'array' && !path.endsWith('/copies')) expect(node.maxItems, `${path} is unbounded`).toBeDefined();
    for (const [key, child] of Object.entries(node)) if (typeof child === 'object') walk(child, `${path}/${key}`);
  };
  for (const e of all) walk(e.body, `${e.id}/body`);
});

test('a POST or PUT has a body with a limit, a GET has none', () => {
  for (const e of all) {
    expect(e.body !== undefined, e.id).toBe(e.method !== 'GET');
    expect(e.bodyBytesMax > 0, e.id).toBe(e.method !== 'GET');
  }
});

test('deadlines shrink on the way in: kiosk → center → issuer → registry', () => {
  expect(centerEndpoints.placeOrder.deadlineMs).toBeGreaterThan(issuerEndpoints.issuerOrder.deadlineMs);
  expect(issuerEndpoints.issuerOrder.deadlineMs).toBeGreaterThan(registryEndpoints.readRecord.deadlineMs * 2);
});

test('every error code but the center’s own is reachable from some endpoint', () => {
  const used = new Set<string>([...commonRefusals, ...all.flatMap((e) => e.refusals)]);
  expect(Object.keys(errorCodes).filter((code) => !used.has(code))).toEqual([]);
});

test('a record with its tax section is asked for by 年度, and the schema says so', () => {
  const body = Compile(registryEndpoints.readRecord.body);
  const whose = { lgCode: '990019', residentId: 'r-1' };
  expect(body.Check({ ...whose, sections: ['seal'] })).toBe(true);
  expect(body.Check({ ...whose, sections: ['seal', 'tax'] })).toBe(false);
  expect(body.Check({ ...whose, sections: ['seal', 'tax'], fiscalYear: 2026 })).toBe(true);
});
