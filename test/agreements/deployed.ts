import { afterAll, beforeAll } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';

type Lambda = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const context = { awsRequestId: 'request-1', functionName: 'hub' } as unknown as Context;

/** The functions of catalog and agreements as they are deployed, for a test file. */
export function deployed() {
  let aws: LocalAws;
  let lambdas: Record<string, Lambda>;
  let clock: (event: object, context: Context) => Promise<void>;
  beforeAll(async () => {
    aws = await startLocalAws();
    process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
    // The functions read their settings when they are loaded, as they do in Lambda.
    lambdas = {
      catalog: (await import('../../functions/catalog/api.lambda.ts')).handler,
      agreements: (await import('../../functions/agreements/api.lambda.ts')).handler,
    };
    clock = (await import('../../functions/agreements/clock.lambda.ts')).handler;
  });
  afterAll(() => aws.stop());
  return {
    aws: () => aws,
    runClock: () => clock({}, context),
    call: <T = Record<string, unknown>>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}) =>
      callApi<T>((event) => lambdas[routes[route].capability]!(event, context), { as, route: routes[route], ...more }),
  };
}
