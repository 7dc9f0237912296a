import { z } from 'zod';
import { TemplateFault } from '../template/fault.ts';

/** One way into the API: which function serves it. */
export interface ApiRoute {
  readonly method: string;
  /** As in the definition, e.g. `/v1/uploads/{uploadId}`. */
  readonly path: string;
  readonly functionArn: string;
}

export interface GatewayResponse {
  readonly statusCode: number | undefined;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** With `$context.…` in it; undefined where only the status was changed. */
  readonly template: string | undefined;
}

export interface ApiDefinition {
  readonly routes: readonly ApiRoute[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

const Operation = z.strictObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  parameters: z.array(z.looseObject({ in: z.literal('path') })).default([]),
  responses: z.record(z.string(), z.json()).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).min(1),
  'x-amazon-apigateway-integration': z.strictObject({
    type: z.literal('aws_proxy'),
    httpMethod: z.literal('POST'),
    uri: z.string(),
    passthroughBehavior: z.string().optional(),
    timeoutInMillis: z.int().max(29_000).optional(),
  }),
});

const Gateway = z.strictObject({
  statusCode: z.coerce.number().int().optional(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});

const Definition = z.strictObject({
  openapi: z.string(),
  info: z.json(),
  paths: z.record(
    z.string(),
    z
      .record(z.enum(['get', 'put', 'post', 'delete', 'patch', 'head']), Operation)
      .or(z.partialRecord(z.enum(['get', 'put', 'post', 'delete', 'patch', 'head']), Operation)),
  ),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string(),
      z.strictObject({
        type: z.literal('apiKey'),
        name: z.literal('Authorization'),
        in: z.literal('header'),
        'x-amazon-apigateway-authtype': z.literal('awsSigv4'),
      }),
    ),
  }),
  'x-amazon-apigateway-gateway-responses': z.record(z.string(), Gateway).default({}),
  'x-amazon-apigateway-policy': z.never().optional(),
});

/**
 * The part of API Gateway's OpenAPI import that the hub uses: IAM authorization on every operation, one Lambda proxy
 * integration each (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 * @throws TemplateFault for anything else.
 */
export function readDefinition(body: unknown): ApiDefinition {
  const parsed = Definition.safeParse(body);
  if (!parsed.success) throw new TemplateFault(`the API's definition: ${z.prettifyError(parsed.error)}`);
  const { paths, 'x-amazon-apigateway-gateway-responses': responses } = parsed.data;
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      functionArn: functionOf(operation['x-amazon-apigateway-integration'].uri),
    })),
  );
  return {
    routes,
    gatewayResponses: new Map(
      Object.entries(responses).map(([type, response]) => [type, gatewayResponse(type, response)]),
    ),
  };
}

function functionOf(uri: string): string {
  const [, arn] = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
  if (!arn) throw new TemplateFault(`the API's definition: ${uri} is no Lambda integration`);
  return arn;
}

const HEADER = 'gatewayresponse.header.';

export function gatewayResponse(
  type: string,
  { statusCode, responseParameters, responseTemplates }: z.output<typeof Gateway>,
): GatewayResponse {
  const { 'application/json': template, ...others } = responseTemplates;
  if (Object.keys(others).length > 0)
    throw new TemplateFault(`gateway response ${type}: templates for application/json only`);
  const headers = Object.entries(responseParameters).map(([name, value]) => {
    const [, literal] = /^'(.*)'$/.exec(value) ?? [];
    if (!name.startsWith(HEADER) || literal === undefined)
      throw new TemplateFault(`gateway response ${type}: the local hub knows literal headers only, not ${name}`);
    return [name.slice(HEADER.length).toLowerCase(), literal] as const;
  });
  return { statusCode, headers: Object.fromEntries(headers), template };
}
