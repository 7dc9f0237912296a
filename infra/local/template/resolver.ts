import type { Stack, TemplateResource } from './assembly.ts';
import { TemplateFault } from './fault.ts';
import { intrinsics } from './intrinsics.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { attribute, madeUpName, nameProperty, type Physical } from './physical.ts';
import type { Scope } from './scope.ts';
import { stackId, type World } from './world.ts';

export interface Resolver {
  resource(stack: Stack, logicalId: string): Physical;
  /** Resolved, without what became AWS::NoValue. */
  properties(stack: Stack, logicalId: string, except?: readonly string[]): JsonObject;
  /** Whether the resource's own Condition holds. */
  exists(stack: Stack, resource: TemplateResource): boolean;
  resolve(stack: Stack, value: Json): Json | undefined;
}

/** Resolves all stacks of an app together, so that exports of one are seen by the others. */
export function resolverOf(stacks: readonly Stack[], world: World): Resolver {
  const scopes = new Map(stacks.map((stack) => [stack.name, scopeOf(stack, world, imported)]));
  const within = (stack: Stack): Scope => {
    const scope = scopes.get(stack.name);
    if (!scope) throw new TemplateFault(`there is no stack ${stack.name}`);
    return scope;
  };

  function imported(exportName: string): Json {
    for (const stack of stacks) {
      for (const output of Object.values(stack.template.Outputs)) {
        if (output.Export && within(stack).resolve(output.Export.Name) === exportName)
          return within(stack).resolve(output.Value) ?? null;
      }
    }
    throw new TemplateFault(`Fn::ImportValue: no stack exports ${exportName}`);
  }

  return {
    resource: physicalOf,
    properties: (stack, logicalId, except = []) => {
      const { Properties } = resourceOf(stack, logicalId);
      const wanted = Object.entries(Properties).filter(([name]) => !except.includes(name));
      return within(stack).resolve(Object.fromEntries(wanted)) as JsonObject;
    },
    exists: (stack, resource) => resource.Condition === undefined || within(stack).condition(resource.Condition),
    resolve: (stack, value) => within(stack).resolve(value),
  };

  function physicalOf(stack: Stack, logicalId: string): Physical {
    return physicalIn(within(stack), logicalId);
  }
}

const resourceOf = (stack: Stack, logicalId: string): TemplateResource => {
  const resource = stack.template.Resources[logicalId];
  if (!resource) throw new TemplateFault(`${stack.name}: nothing is called ${logicalId}`);
  return resource;
};

function physicalIn(scope: Scope, logicalId: string): Physical {
  const { stack } = scope;
  const { Type, Properties } = resourceOf(stack, logicalId);
  const given = Properties[nameProperty(Type) ?? ''];
  const name = given === undefined ? undefined : scope.resolve(given);
  return {
    type: Type,
    stack: stack.name,
    logicalId,
    name: typeof name === 'string' ? name : madeUpName(stack.name, logicalId, Type),
  };
}

function scopeOf(stack: Stack, world: World, imported: Scope['imported']): Scope {
  const scope: Scope = {
    stack,
    world,
    imported,
    resolve: (value) => resolveIn(scope, value),
    reference: (logicalId) => {
      if (logicalId.startsWith('AWS::')) return pseudo(scope, logicalId);
      const parameter = stack.template.Parameters[logicalId];
      if (parameter) return parameter.Default ?? null;
      return attribute(physicalIn(scope, logicalId), 'Ref', world);
    },
    attribute: (logicalId, name) => attribute(physicalIn(scope, logicalId), name, world),
    condition: (name) => {
      const condition = stack.template.Conditions[name];
      if (condition === undefined) throw new TemplateFault(`${stack.name}: there is no condition ${name}`);
      return scope.resolve(condition) === true;
    },
  };
  return scope;
}

function pseudo({ world, stack }: Scope, name: string): Json | undefined {
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::Partition':
      return world.partition;
    case 'AWS::Region':
      return world.region;
    case 'AWS::AccountId':
      return world.account;
    case 'AWS::URLSuffix':
      return world.urlSuffix;
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return stackId(world, stack.name);
    default:
      throw new TemplateFault(`${stack.name}: the local hub does not know the pseudo parameter ${name}`);
  }
}

function resolveIn(scope: Scope, value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => resolveIn(scope, item)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (
    name !== undefined &&
    others.length === 0 &&
    (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
  ) {
    const intrinsic = intrinsics[name];
    const argument = value[name];
    // IAM statements, too, have a member `Condition`; there it is never a lone text.
    if (intrinsic && argument !== undefined && (name !== 'Condition' || typeof argument === 'string'))
      return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new TemplateFault(`${scope.stack.name}: the local hub does not know ${name}`);
  }
  const members = Object.entries(value).map(([key, member]) => [key, resolveIn(scope, member)] as const);
  return Object.fromEntries(members.filter((member): member is [string, Json] => member[1] !== undefined));
}
