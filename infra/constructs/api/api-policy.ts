import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { inNoneOf, type Networks } from '../data/bucket-denials.ts';

/**
 * The API's own policy. It lets in this account's roles as far as their own policies do (an Allow for them by name
 * would let each call every route: within an account one of both policies is enough), and nobody from elsewhere than
 * the networks, where there are any
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).
 */
export const apiPolicy = (networks: Networks): PolicyDocument => {
  const conditions = inNoneOf(networks);
  return new PolicyDocument({
    statements: [
      invoking({ principals: [new AccountRootPrincipal()] }),
      ...(Object.keys(conditions).length > 0
        ? [invoking({ effect: Effect.DENY, principals: [new AnyPrincipal()], conditions })]
        : []),
    ],
  });
};

const invoking = (props: ConstructorParameters<typeof PolicyStatement>[0]) =>
  new PolicyStatement({ actions: ['execute-api:Invoke'], resources: ['execute-api:/*'], ...props });
