import type { Stack } from '../../infra/local/template/assembly.ts';
import type { Json, JsonObject } from '../../infra/local/template/json.ts';
import { modelOf, type Model } from '../../infra/local/template/model.ts';
import { localWorld } from '../../infra/local/template/world.ts';

export const world = localWorld('http://127.0.0.1:4601');

export interface StackParts {
  readonly name?: string;
  readonly resources?: Readonly<Record<string, { Type: string; Properties?: JsonObject; Condition?: string }>>;
  readonly conditions?: Readonly<Record<string, Json>>;
  readonly mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Json>>>>>>;
  readonly outputs?: Readonly<Record<string, { Value: Json; Export?: { Name: Json } }>>;
}

/** A synthesized stack with just what a case is about. */
export const aStack = ({
  name = 'stack',
  resources = {},
  conditions = {},
  mappings = {},
  outputs = {},
}: StackParts): Stack => ({
  name,
  assets: new Map([['code.zip', '/assembly/code']]),
  template: {
    Resources: Object.fromEntries(
      Object.entries(resources).map(([id, { Type, Properties = {}, Condition }]) => [
        id,
        { Type, Properties, Condition },
      ]),
    ),
    Conditions: { ...conditions },
    Mappings: mappings,
    Parameters: {},
    Outputs: outputs,
  },
});

export const aModel = (resources: NonNullable<StackParts['resources']>): Model =>
  modelOf([aStack({ resources })], world);

export const allow = (Action: Json, Resource: Json, more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const policy = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
