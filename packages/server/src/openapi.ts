/** OpenAPI 3.1 from the endpoint rows. Its schemas are JSON Schema 2020-12, which is what the rows hold already. */
import { commonRefusals, type Endpoint, type ErrorCode, ErrorReply, errorCodes } from '@machikado/protocol';
import type { TSchema } from 'typebox';
import { paramNames, pathParams } from './wire.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function toOpenApi(title: string, endpoints: Readonly<Record<string, Endpoint>>): OpenApiDocument {
  const operations = Object.entries(endpoints).map(([name, endpoint]) => ({
    ...{ path: endpoint.path, method: endpoint.method, operation: operation(name, endpoint) },
  }));
  const clientCert = { type: 'mutualTLS', description: 'TLS 1.3; the peer is known by the pin of its key.' };
  return {
    ...openApiDocument(title, operations, {
      schemas: { ErrorReply: plain(ErrorReply) },
      securitySchemes: { clientCert },
    }),
    security: [{ clientCert: [] }],
  };
}

export type OpenApiDocument = { readonly [key: string]: Json };

interface DescribedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

export function openApiDocument(
  title: string,
  operations: readonly DescribedOperation[],
  components: Json,
): OpenApiDocument {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { path, method, operation } of operations) {
    const written = path.replace(/:(\w+)/g, '{$1}');
    paths[written] = { ...paths[written], [method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    ...{ paths, components },
  };
}

function operation(name: string, endpoint: Endpoint): Json {
  return {
    operationId: name,
    summary: endpoint.id,
    description: [
      `Peer: ${endpoint.peer}. Deadline: ${endpoint.deadlineMs} ms. Body: at most ${endpoint.bodyBytesMax} bytes.`,
      `State: ${endpoint.before} → ${endpoint.after}. Repeat: ${endpoint.onRepeat}. Lost reply: ${endpoint.onLostReply}.`,
      `Ledger: ${endpoint.ledger}.`,
    ].join('\n\n'),
    parameters: [...paramNames(endpoint.path).map(pathParameter), deadlineParameter],
    ...(endpoint.body && { requestBody: { required: true, content: jsonContent(plain(endpoint.body)) } }),
    responses: {
      200: { description: descriptionOf(endpoint.reply), content: jsonContent(plain(endpoint.reply)) },
      ...refusalResponses([...commonRefusals, ...endpoint.refusals]),
    },
  } as Json;
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: plain(pathParams[name] as TSchema) };
}

const deadlineParameter: Json = {
  name: 'deadline-ms',
  in: 'header',
  required: false,
  description: 'Milliseconds that the asker still waits.',
  schema: { type: 'integer', minimum: 1, maximum: 9_999_999 },
};

function refusalResponses(codes: readonly ErrorCode[]): Record<string, Json> {
  const content = jsonContent({ $ref: '#/components/schemas/ErrorReply' });
  return Object.fromEntries(
    byStatus(codes, errorCodes).map(([status, description]) => [String(status), { description, content }]),
  );
}

/** One row per status, with the codes that it can carry and what they mean. */
export function byStatus<Code extends string>(
  codes: readonly Code[],
  table: Readonly<Record<Code, { readonly http: number; readonly meaning: string }>>,
): (readonly [status: number, description: string])[] {
  const lines = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const { http, meaning } = table[code];
    lines.set(http, [...(lines.get(http) ?? []), `${code}: ${meaning}`]);
  }
  return [...lines].map(([status, these]) => [status, these.join('\n\n')]);
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

/** The schema as data: whatever the library keeps beside it for itself falls away. */
export function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema)) as Json;
}

export function descriptionOf(schema: TSchema): string {
  return (schema as { description?: string }).description ?? 'The reply.';
}
