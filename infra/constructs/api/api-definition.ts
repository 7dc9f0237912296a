import type { Route } from '../../../schemas/contracts/routes.ts';
import { gatewayResponses } from './gateway-responses.ts';

/** The names within a path's braces, in order. */
export const variablesOf = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/**
 * What API Gateway imports: OpenAPI 3.0 with paths, IAM authorization, integrations and gateway responses, no more.
 * Bodies are checked by the functions, which say what is wrong with them. Authorization as exported by API Gateway
 * itself (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html).
 */
export const apiDefinition = (title: string, routes: readonly Route[], integrationUri: (route: Route) => string) => ({
  openapi: '3.0.1',
  info: { title, version: '1' },
  paths: pathsOf(routes, integrationUri),
  components: {
    securitySchemes: {
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
  'x-amazon-apigateway-gateway-responses': gatewayResponses,
});

function pathsOf(routes: readonly Route[], integrationUri: (route: Route) => string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, integrationUri(route));
  return paths;
}

const operationOf = (route: Route, uri: string) => ({
  operationId: route.id,
  parameters: variablesOf(route.path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  responses: { [route.status]: { description: route.summary } },
  security: [{ sigv4: [] }],
  'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri },
});
