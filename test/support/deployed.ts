import { afterAll, beforeAll } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { routes, type Capability, type RouteId } from '../../schemas/contracts/routes.ts';
import { startLocalAws, type LocalAws } from './local-aws.ts';
import { callApi, type ApiCall } from './memory/api-call.ts';

type Api = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export const lambdaContext = { awsRequestId: 'request-1', functionName: 'hub' } as unknown as Context;

/** The API's functions of some capabilities as they are deployed, for a test file. */
export function deployed(...capabilities: readonly Capability[]) {
  let aws: LocalAws;
  const apis = new Map<string, Api>();
  beforeAll(async () => {
    aws = await startLocalAws();
    process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
    // The functions read their settings when they are loaded, as they do in Lambda.
    for (const name of capabilities) {
      const { handler } = (await import(`../../functions/${name}/api.lambda.ts`)) as { handler: Api };
      apis.set(name, handler);
    }
  });
  afterAll(() => aws.stop());
  return {
    aws: () => aws,
    call: <T = Record<string, unknown>>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}) =>
      callApi<T>((event) => apis.get(routes[route].capability)!(event, lambdaContext), {
        as,
        route: routes[route],
        ...more,
      }),
  };
}
