import type { AwsCall, AwsEndpointOptions, Principal } from '../contracts.ts';
import type { Service } from './identify.ts';
import { AwsRefusal } from './refusal.ts';

/** Asks for one permission after the other; refuses as IAM does, naming principal, action and resource. */
export type Permit = (action: string, resource: string) => void;

/** Of one call, which is asked about once for what a hundred items of it need. */
export function permitFor(principal: Principal, service: Service, authorize: AwsEndpointOptions['authorize']): Permit {
  const permitted = new Set<string>();
  return (action, resource) => {
    const asked = `${action} ${resource}`;
    if (permitted.has(asked)) return;
    const call: AwsCall = { principal, service, action, resource };
    const verdict = authorize(call);
    if (verdict.allowed) {
      permitted.add(asked);
      return;
    }
    const code = service === 's3' || service === 'sts' ? 'AccessDenied' : 'AccessDeniedException';
    throw new AwsRefusal(
      403,
      code,
      `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because ${verdict.why}`,
    );
  };
}
