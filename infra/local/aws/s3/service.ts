import { randomUUID } from 'node:crypto';

import type { Reply } from '../front/reply.ts';
import { AwsRefusal } from '../front/refusal.ts';
import { tag } from '../front/xml.ts';
import type { S3Call } from './call.ts';
import { resourceOf, routeOf } from './routes.ts';

export async function answerS3(call: S3Call): Promise<Reply> {
  const route = routeOf(call);
  const owner = call.header('x-amz-expected-bucket-owner');
  if (owner !== undefined && owner !== call.principal.account)
    throw new AwsRefusal(403, 'AccessDenied', 'Access Denied');
  if (route.action !== undefined) call.permit(route.action, resourceOf(call));
  return route.run(call);
}

/** S3 API Reference, "Error responses"; an answer to HEAD has no body. */
export function s3Error(refusal: AwsRefusal, method: string, path: string): Reply {
  const { status, code, message, more } = refusal;
  const headers = { 'content-type': 'application/xml', ...(more as Reply['headers']) };
  if (method === 'HEAD' || status === 304) return { status, headers };
  const content = tag('Code', code) + tag('Message', message) + tag('Resource', path) + tag('RequestId', randomUUID());
  return { status, headers, body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${content}</Error>` };
}
