import * as z from 'zod';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { refusalTexts, type RefusalCode } from '../../words/refusals.ts';
import { Agreement, AgreementSummary } from '../agreements.ts';
import { fitPattern } from '../characters.ts';
import { Field, ResourceDefinition, TableSchema } from '../definition.ts';
import { Delivery, DeliveryContent } from '../deliveries.ts';
import { Department } from '../hub.ts';
import { DeliveryNotice, EventNotice } from '../notices.ts';
import { Cursor } from '../paging.ts';
import { Problem } from '../problem.ts';
import { Dataset, ResourceSummary, ResourceVersion } from '../resources.ts';
import { allRoutes, commonErrors, type RefusalStatus, type Route, type TextFormat } from '../routes.ts';
import { Condition, DeliveryTerms, Terms } from '../terms.ts';
import { kindOf } from '../text.ts';
import { AnnouncedUpload, Upload } from '../uploads.ts';

export const tags: Record<Route['capability'], string> = {
  catalog: 'Departments, resources and their definitions',
  agreements: 'Sharing agreements from proposal to termination',
  demands: 'Themes and what departments need',
  duties: 'Who owes what by when',
  intake: 'Uploads and their verdicts',
  delivery: 'Deliveries, their content, receipts and corrections',
  derive: 'Derived resources: their runs, where their fields come from, what stops without a source',
  lookup: 'Records looked up one by one, and who looked up what',
  compare: 'Lists that are compared with a resource',
  reports: 'What was exchanged, and what it was good for',
};

const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .describe(
    'The same key with the same request answers alike and takes effect once; with another request it is refused. Kept for 30 days.',
  );

/** With `?format=` of the same name. */
const mediaTypes: Readonly<Record<TextFormat, string>> = { csv: 'text/csv', html: 'text/html' };

const NextCursor = Cursor.optional().describe('Of CSV: where the next page begins, as `cursor` in JSON.');

/** Refusals of a route grouped by status: one documented response a status, one example a code. */
function problems(route: Route): NonNullable<ZodOpenApiOperationObject['responses']> {
  const errors: Record<string, RefusalStatus> = { ...commonErrors, ...route.errors };
  if (route.method !== 'POST') delete errors['idempotency-key-reused'];
  const byStatus = Map.groupBy(Object.entries(errors), ([, status]) => String(status));
  return Object.fromEntries(
    [...byStatus].map(([status, entries]) => [
      status,
      {
        description: entries.map(([code]) => `\`${code}\`: ${refusalTexts[code as RefusalCode].title}`).join(' · '),
        content: {
          'application/problem+json': {
            schema: Problem,
            examples: Object.fromEntries(
              entries.map(([code, value]) => [code, { $ref: `#/components/examples/${code}-${value}` }]),
            ),
          },
        },
      },
    ]),
  );
}

/** Named `{code}-{status}` and referred to, since most routes share them. */
const problemExamples = () =>
  Object.fromEntries(
    allRoutes
      .flatMap((route) => Object.entries({ ...commonErrors, ...route.errors }) as [RefusalCode, RefusalStatus][])
      .map(([code, status]) => [`${code}-${status}`, { value: problemExample(code, status) }]),
  );

const problemExample = (code: RefusalCode, status: number): Problem => ({
  type: `urn:exchange-hub:problem:${code}`,
  status,
  code,
  ...refusalTexts[code],
});

function operation(route: Route): ZodOpenApiOperationObject {
  const request = route.body && {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: route.body, example: route.example.request } },
    },
  };
  return {
    operationId: route.id,
    tags: [route.capability],
    summary: route.summary,
    description: `${route.description}\n\nFor: ${route.roles.join(', ')}.`,
    security: [{ sigv4: [] }],
    requestParams: {
      path: route.params,
      query: route.query,
      ...(route.method === 'POST' && { header: z.object({ 'Idempotency-Key': IdempotencyKey }) }),
    },
    ...request,
    responses: {
      [String(route.status)]: {
        description: 'Done.',
        ...(route.formats?.includes('csv') && { headers: z.object({ 'x-next-cursor': NextCursor }) }),
        content: {
          'application/json': { schema: route.response, example: route.example.response },
          ...Object.fromEntries(
            (route.formats ?? []).map((format) => [mediaTypes[format], { schema: { type: 'string' } }]),
          ),
        },
      },
      ...problems(route),
    },
  };
}

/** What texts of requests may not have; answers may hold what was stored before that was refused. */
const override: NonNullable<CreateDocumentOptions['override']> = ({ zodSchema, jsonSchema, io }) => {
  if (io !== 'input' || jsonSchema.type !== 'string' || jsonSchema.pattern || jsonSchema.format) return;
  const kind = kindOf(zodSchema);
  if (kind !== 'data' && jsonSchema.enum === undefined && jsonSchema.const === undefined)
    Object.assign(jsonSchema, { format: kind, pattern: fitPattern(kind) });
};

/** The OpenAPI 3.1 document, made from the routes table and nothing else. */
export const openApiDocument = () => {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of allRoutes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Exchange hub',
        version: '1',
        description:
          'Departments of a city share data under filed agreements. Sign every call with AWS Signature V4 for the service `execute-api`, as your department’s role.',
      },
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        schemas: {
          Agreement,
          AgreementSummary,
          Terms,
          DeliveryTerms,
          Condition,
          AnnouncedUpload,
          Dataset,
          Delivery,
          DeliveryContent,
          DeliveryNotice,
          Department,
          EventNotice,
          Field,
          Problem,
          ResourceDefinition,
          ResourceSummary,
          ResourceVersion,
          TableSchema,
          Upload,
        },
        examples: problemExamples(),
        securitySchemes: {
          sigv4: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            description: 'AWS Signature V4, service `execute-api`.',
          },
        },
      },
    },
    { override },
  );
};
