/** OpenAPI 3.1 from the endpoint rows. Its schemas are JSON Schema 2020-12, which is what the rows hold already. */
import { commonRefusals, type Endpoint, type ErrorCode, ErrorReply, errorCodes } from '@machikado/protocol';
import type { TSchema } from 'typebox';
import { paramNames, pathParams } from './wire.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function toOpenApi(
  title: string,
  endpoints: Readonly<Record<string, Endpoint>>,
): { readonly [key: string]: Json } {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      schemas: { ErrorReply: plain(ErrorReply) },
      securitySchemes: {
        clientCert: { type: 'mutualTLS', description: 'TLS 1.3; the peer is known by the pin of its key.' },
      },
    },
    security: [{ clientCert: [] }],
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

/** One response per status, with the codes that it can carry. */
function refusalResponses(codes: readonly ErrorCode[]): Record<string, Json> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { http } = errorCodes[code];
    byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      String(status),
      {
        description: these.map((code) => `${code}: ${errorCodes[code].meaning}`).join('\n\n'),
        content: jsonContent({ $ref: '#/components/schemas/ErrorReply' }),
      },
    ]),
  );
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

/** The schema as data: whatever the library keeps beside it for itself falls away. */
function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema)) as Json;
}

function descriptionOf(schema: TSchema): string {
  return (schema as { description?: string }).description ?? 'The reply.';
}
