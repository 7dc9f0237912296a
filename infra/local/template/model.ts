import type { z } from 'zod';
import type { Stack } from './assembly.ts';
import { TemplateFault } from './fault.ts';
import { isObject, type Json } from './json.ts';
import type { Physical } from './physical.ts';
import { resolverOf } from './resolver.ts';
import { acted, allowList, type ActedType } from './types/index.ts';
import type { World } from './world.ts';

export interface Known<T extends ActedType = ActedType> extends Physical {
  readonly type: T;
  readonly properties: z.output<(typeof acted)[T]['used']>;
}

/** The resources of all stacks, resolved and checked against the allow-list. */
export interface Model {
  readonly world: World;
  /** Names of the stacks. */
  readonly stacks: readonly string[];
  all<T extends ActedType>(type: T): readonly Known<T>[];
  /** Absolute path of an asset, by its object key. */
  asset(objectKey: string): string;
}

/**
 * @throws TemplateFault that lists every resource type and property that the local hub does not know,
 *   with logical id, type and property.
 */
export function modelOf(stacks: readonly Stack[], world: World): Model {
  const resolver = resolverOf(stacks, world);
  const known: Known[] = [];
  const faults: string[] = [];
  for (const stack of stacks) {
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
      if (!resolver.exists(stack, resource)) continue;
      const place = `${stack.name}/${logicalId} (${resource.Type})`;
      const type = allowList[resource.Type];
      if (!type) {
        faults.push(`${place}: the local hub does not know this resource type`);
        continue;
      }
      const properties = resolver.properties(stack, logicalId, Object.keys(type.noEffect));
      const parsed = type.used.safeParse(readable(properties));
      if (!parsed.success) faults.push(...parsed.error.issues.flatMap((issue) => issueLines(place, issue)));
      else if (isActed(resource.Type)) {
        known.push({ ...resolver.resource(stack, logicalId), type: resource.Type, properties: parsed.data });
      }
    }
  }
  if (faults.length > 0) throw new TemplateFault(faults.join('\n'));
  const names = stacks.map(({ name }) => name);
  return {
    world,
    stacks: names,
    all: (type) => known.filter((each) => each.type === type) as never,
    asset: assetOf(stacks),
  };
}

const isActed = (type: string): type is ActedType => Object.hasOwn(acted, type);

function issueLines(place: string, issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [`${place}: property ${path.join('.')}: ${issue.message}`];
  return issue.keys.map((key) => `${place}: the local hub does not know the property ${[...path, key].join('.')}`);
}

const assetOf =
  (stacks: readonly Stack[]) =>
  (objectKey: string): string => {
    const path = stacks.map((stack) => stack.assets.get(objectKey)).find((found) => found !== undefined);
    if (path === undefined) throw new TemplateFault(`the assembly has no asset ${objectKey}`);
    return path;
  };

/** CloudFormation takes numbers and booleans as texts where a property wants them; CDK writes some so. */
function readable(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, member === 'true' ? true : member === 'false' ? false : member]),
  );
}
