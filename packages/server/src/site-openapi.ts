/** OpenAPI 3.1 of the 問い合わせサイト for the public: forms in, JSON or a page out, nobody’s cert asked. */
import { type SiteEndpoint, SiteRefusal, siteErrors } from '@machikado/protocol';
import { byStatus, descriptionOf, type Json, type OpenApiDocument, openApiDocument, plain } from './openapi.ts';

export function toSiteOpenApi(title: string, endpoints: Readonly<Record<string, SiteEndpoint>>): OpenApiDocument {
  const operations = Object.entries(endpoints).map(([name, endpoint]) => ({
    ...{ path: endpoint.path, method: endpoint.method, operation: operation(name, endpoint) },
  }));
  return openApiDocument(title, operations, { schemas: { SiteRefusal: plain(SiteRefusal) } });
}

function operation(name: string, { summary, form, bodyBytesMax, answers, reply, refusals }: SiteEndpoint): Json {
  const content = (schema: Json): Json =>
    answers === 'json' ? { 'application/json': { schema } } : { 'text/html': { schema: pageWith(schema) } };
  return {
    operationId: name,
    summary,
    description: `Peer: anybody. Body: at most ${bodyBytesMax} bytes, where the site is not set otherwise.`,
    ...(form && { requestBody: { required: true, content: { 'multipart/form-data': { schema: plain(form) } } } }),
    responses: {
      200: { description: descriptionOf(reply), content: content(plain(reply)) },
      ...Object.fromEntries(
        byStatus(refusals, siteErrors).map(([status, description]) => [
          status,
          { description, content: content({ $ref: '#/components/schemas/SiteRefusal' }) },
        ]),
      ),
    },
  };
}

function pageWith(answer: Json): Json {
  return { type: 'string', description: 'In the element #answer stands `x-answer`, as JSON.', 'x-answer': answer };
}
