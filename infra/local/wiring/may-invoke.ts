import { matches } from '../policy/wildcard.ts';
import type { FunctionSpec } from '../runtime/function-spec.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Model } from '../template/model.ts';

/**
 * A service invokes a function only with a permission of the function's own policy; without it an API answers 500
 * and a rule silently does nothing, so here it is a fault at start.
 * @throws TemplateFault
 */
export function mayInvoke(
  model: Model,
  { name, arn }: FunctionSpec,
  service: string,
  sourceArn: string,
  place: string,
): void {
  const permitted = model
    .all('AWS::Lambda::Permission')
    .some(
      ({ properties }) =>
        (properties.FunctionName === arn || properties.FunctionName === name) &&
        properties.Action === 'lambda:InvokeFunction' &&
        properties.Principal === service &&
        (properties.SourceArn === undefined || matches(properties.SourceArn, sourceArn)) &&
        (properties.SourceAccount === undefined || properties.SourceAccount === model.world.account),
    );
  if (!permitted)
    throw new TemplateFault(`${place}: ${name} has no AWS::Lambda::Permission for ${service} with source ${sourceArn}`);
}
