import { expect, test } from '@jest/globals';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { apiDefinition, variablesOf } from '../../infra/constructs/api/api-definition.ts';
import { gatewayResponses } from '../../infra/constructs/api/gateway-responses.ts';
import { Problem } from '../../schemas/contracts/problem.ts';
import { refusalTexts } from '../../schemas/words/refusals.ts';
import { allRoutes, commonErrors } from '../../schemas/contracts/routes.ts';

const definition = apiDefinition('hub', allRoutes, ({ capability }) => `to ${capability}`);

test('the definition has the routes of the table and no others', () => {
  const defined = Object.entries(definition.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(defined.sort()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort());
});

test.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s is signed and goes to the function of its capability',
  (_, route) => {
    expect(definition.paths[route.path]?.[route.method.toLowerCase()]).toEqual({
      operationId: route.id,
      parameters: Object.keys(route.params.shape).map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      responses: { [route.status]: { description: route.summary } },
      security: [{ sigv4: [] }],
      'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: `to ${route.capability}` },
    });
  },
);

test('a level of the path tree has one variable name at most: API Gateway takes no second one', () => {
  const names = new Map<string, Set<string>>();
  for (const { path } of allRoutes)
    for (const name of variablesOf(path)) {
      const above = path.slice(0, path.indexOf(`{${name}}`));
      names.set(above, (names.get(above) ?? new Set()).add(name));
    }
  expect([...names].filter(([, found]) => found.size > 1)).toEqual([]);
});

const bodyOf = (type: string) =>
  Problem.parse(JSON.parse(gatewayResponses[type]!.responseTemplates['application/json']));

test.each(Object.keys(gatewayResponses))(
  'the gateway says %s as problem details with the status of the answer',
  (type) => {
    const { statusCode, responseParameters } = gatewayResponses[type]!;
    expect(bodyOf(type).status).toBe(Number(statusCode));
    expect(bodyOf(type).type).toBe(`urn:exchange-hub:problem:${bodyOf(type).code}`);
    expect(responseParameters).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      ...(statusCode === '429' && { 'gatewayresponse.header.Retry-After': "'1'" }),
    });
  },
);

test('every way in which the gateway can answer has an answer of its own', () => {
  const types = Object.values(ResponseType).map(({ responseType }: ResponseType) => responseType);
  expect(types).toContain('WAF_FILTERED');
  expect(Object.keys(gatewayResponses).sort()).toEqual([...types].sort());
});

test.each([
  ['WAF_FILTERED', 403, 'filtered'],
  ['REQUEST_TOO_LARGE', 413, 'too-large'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'not-json'],
  ['THROTTLED', 429, 'throttled'],
  ['QUOTA_EXCEEDED', 429, 'throttled'],
  ['AUTHORIZER_FAILURE', 500, 'fault'],
  ['INTEGRATION_FAILURE', 502, 'fault'],
  ['INTEGRATION_TIMEOUT', 504, 'fault'],
] as const)('%s is answered %i %s', (type, status, code) => {
  expect(bodyOf(type)).toMatchObject({ status, code });
});

test.each([
  ['MISSING_AUTHENTICATION_TOKEN', 'unsigned'],
  ['INVALID_SIGNATURE', 'unsigned'],
  ['EXPIRED_TOKEN', 'unsigned'],
  ['ACCESS_DENIED', 'role-not-permitted'],
  ['RESOURCE_NOT_FOUND', 'no-such-route'],
  ['DEFAULT_4XX', 'malformed'],
] as const)('%s has the code, status and title of the refusal %s', (type, code) => {
  expect(bodyOf(type)).toMatchObject({ code, status: commonErrors[code], title: refusalTexts[code].title });
});
