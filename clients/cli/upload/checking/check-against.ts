import { basename } from 'node:path';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Held } from '../../../../schemas/contracts/uploads.ts';
import { readResource } from '../../catalog/read-resource.ts';
import type { Context } from '../../terminal/context.ts';
import { wrongUsage } from '../../terminal/failure.ts';
import { definitionFrom } from './definition-file.ts';
import { expectedHold } from './expected-hold.ts';

export interface Against {
  readonly resourceId: string;
  readonly definition: ResourceDefinition;
  /** As options of the command. */
  readonly options: readonly string[];
  /** Why a file of so many rows would be held; nobody knows without the hub. */
  readonly hold: (rows: number) => Promise<Held | undefined>;
}

/** As the options of `check` name it. */
interface Named {
  readonly resource?: string;
  readonly version?: number;
  readonly definition?: string;
}

/** The definition that a file is checked against: a resource's, or one in a file. */
export async function againstWhat(context: Context, { resource, version, definition }: Named): Promise<Against> {
  if ((resource === undefined) === (definition === undefined)) {
    throw wrongUsage(
      'Say what the file is checked against.',
      '--resource ID asks the hub; --definition FILE works without it.',
    );
  }
  if (definition !== undefined) {
    if (version !== undefined)
      throw wrongUsage('--version goes with --resource.', 'A definition file is its own version.');
    const resourceId = basename(definition, '.json');
    return {
      resourceId,
      definition: await definitionFrom(definition),
      options: ['--definition', definition],
      hold: () => Promise.resolve(undefined),
    };
  }
  const { client } = await context.connect();
  const found = await readResource(client, resource ?? '', version);
  const options = ['--resource', found.resourceId, ...(version === undefined ? [] : ['--version', String(version)])];
  const hold = (rows: number) => expectedHold(client, found.resourceId, found.definition, rows);
  return { resourceId: found.resourceId, definition: found.definition, options, hold };
}
