/** What an OpenAPI document says of each operation, and nothing that only our own code knows. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Schema } from './schemas.ts';

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Whose client cert may call it. */
  readonly peer: string;
  readonly deadlineMs: number;
  readonly bodyBytesMax: number;
  readonly pathParams: readonly { readonly name: string; readonly schema: Schema }[];
  readonly body?: Schema;
  readonly replies: ReadonlyMap<number, DescribedReply>;
}

export interface DescribedReply {
  readonly type: string;
  /** Of JSON; of a page, what stands in its element #answer. */
  readonly schema: Schema;
  readonly description: string;
}

interface Content {
  /** By type; one for each body. */
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface DescribedOperation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export function readOperations(server: string): Operation[] {
  const file = fileURLToPath(new URL(`../../docs/protocol/openapi/${server}.json`, import.meta.url));
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const toldIn = ({ content }: Content): { type: string; schema: Schema } => {
    const [[type, { schema: told }] = ['', { schema: {} }]] = Object.entries(content);
    const schema = (told['x-answer'] ?? told) as Schema;
    const named = schema.$ref && components.schemas[schema.$ref.replace('#/components/schemas/', '')];
    return { type, schema: named || schema };
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]): Operation => {
      const [, peer = '', deadline, bytes] =
        /^Peer: (\w+)\.(?: Deadline: (\d+) ms\.)? Body: at most (\d+) bytes/.exec(told.description) ?? [];
      return {
        ...{ id: told.operationId, method: method.toUpperCase(), path },
        ...{ peer, deadlineMs: Number(deadline ?? Number.POSITIVE_INFINITY), bodyBytesMax: Number(bytes) },
        pathParams: (told.parameters ?? []).filter((one) => one.in === 'path'),
        ...(told.requestBody && { body: toldIn(told.requestBody).schema }),
        replies: new Map(
          Object.entries(told.responses).map(([status, reply]) => [
            Number(status),
            { ...toldIn(reply), description: reply.description },
          ]),
        ),
      };
    }),
  );
}
