import type { Principal } from '../contracts.ts';
import { callerId } from '../front/caller-id.ts';
import type { Reply } from '../front/reply.ts';
import { notImplemented } from '../front/refusal.ts';
import { escapeXml } from '../front/xml.ts';

/** STS knows GetCallerIdentity only, for which no permission is needed. */
export function answerSts(principal: Principal, body: string): Reply {
  const action = new URLSearchParams(body).get('Action') ?? '(no action)';
  if (action !== 'GetCallerIdentity') throw notImplemented(`sts:${action}`);
  const result =
    `<Arn>${escapeXml(principal.arn)}</Arn><UserId>${escapeXml(callerId(principal))}</UserId>` +
    `<Account>${escapeXml(principal.account)}</Account>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult>${result}</GetCallerIdentityResult>` +
      '<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  };
}
