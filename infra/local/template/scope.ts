import type { Stack } from './assembly.ts';
import type { Json } from './json.ts';
import type { World } from './world.ts';

/** What an intrinsic function may ask for while it is resolved within one stack. */
export interface Scope {
  readonly stack: Stack;
  readonly world: World;
  /** Undefined is AWS::NoValue: CloudFormation drops the property or the list item. */
  resolve(value: Json): Json | undefined;
  reference(logicalId: string): Json | undefined;
  attribute(logicalId: string, name: string): string;
  imported(exportName: string): Json;
  condition(name: string): boolean;
}
