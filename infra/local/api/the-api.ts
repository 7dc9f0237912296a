import type { FunctionPool } from '../runtime/pool.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Model } from '../template/model.ts';
import { arnOf } from '../template/world.ts';
import { mayInvoke } from '../wiring/may-invoke.ts';
import { gatewayResponse, readDefinition, type ApiDefinition } from './definition.ts';

/** The template's one API, with its one stage; every integration must be permitted to call its function. */
export function theApi(
  model: Model,
  poolOf: (functionArn: string) => FunctionPool,
): { definition: ApiDefinition; id: string; stage: string } {
  const [api, ...more] = model.all('AWS::ApiGateway::RestApi');
  const stage = model.all('AWS::ApiGateway::Stage').find(({ properties }) => properties.RestApiId === api?.name);
  if (!api || !stage || more.length > 0) throw new TemplateFault('the local hub serves one REST API with one stage');
  if (!api.properties.Body)
    throw new TemplateFault(`${api.stack}/${api.logicalId}: the local hub wants the API's definition in its Body`);
  const definition = readDefinition(api.properties.Body);
  for (const { method, path, functionArn } of definition.routes) {
    const { spec } = poolOf(functionArn);
    const source = arnOf(model.world, 'execute-api', `${api.name}/${stage.name}/${method}${path}`);
    mayInvoke(model, spec, 'apigateway.amazonaws.com', source, `${method} ${path}`);
  }
  const own = model.all('AWS::ApiGateway::GatewayResponse').map(
    ({ properties: { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } }) =>
      [
        ResponseType,
        gatewayResponse(ResponseType, {
          statusCode: StatusCode,
          responseParameters: ResponseParameters,
          responseTemplates: ResponseTemplates,
        }),
      ] as const,
  );
  return {
    definition: { ...definition, gatewayResponses: new Map([...definition.gatewayResponses, ...own]) },
    id: api.name,
    stage: stage.name,
  };
}
