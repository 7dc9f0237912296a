import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/**
 * The policy of a page is its own; the one that suits answers that are no pages would leave it without its style. Used
 * before the security headers, it runs after they are there.
 */
export const ownPolicy: MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  after: ({ response }) => {
    const { 'content-security-policy': own, ...headers } = response?.headers ?? {};
    if (response && own !== undefined) response.headers = { ...headers, 'Content-Security-Policy': own };
  },
};
