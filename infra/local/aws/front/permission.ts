import type { AwsCall, AwsEndpointOptions, Principal } from '../contracts.ts';
import type { Service } from './identify.ts';
import { AwsRefusal } from './refusal.ts';

/** Asks for one permission after the other; refuses as IAM does, naming principal, action and resource. */
export type Permit = (action: string, resource: string) => void;

export function permitFor(principal: Principal, service: Service, authorize: AwsEndpointOptions['authorize']): Permit {
  return (action, resource) => {
    const call: AwsCall = { principal, service, action, resource };
    const verdict = authorize(call);
    if (verdict.allowed) return;
    const code = service === 's3' || service === 'sts' ? 'AccessDenied' : 'AccessDeniedException';
    throw new AwsRefusal(
      403,
      code,
      `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because ${verdict.why}`,
    );
  };
}
