import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/** What every Lambda function of the hub has around its handler: the request id in each log line. */
export const worker = <Event, Result>(logger: Logger, handle: (event: Event) => Promise<Result>) =>
  middy((event: Event, _context: Context) => handle(event)).use(injectLambdaContext(logger));

/** The same for the API's functions, and the security headers that browsers act on. */
export const apiFunction = (logger: Logger, handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>) =>
  middy((event: APIGatewayProxyEvent, _context: Context) => handle(event))
    .use(injectLambdaContext(logger))
    .use(httpSecurityHeaders());
