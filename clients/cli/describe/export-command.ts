import { basename } from 'node:path';
import { exportDefinition, type ExportFormat, type Exported } from '../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { either } from '../../words/speech.ts';
import { readResource } from '../catalog/read-resource.ts';
import type { Context } from '../terminal/context.ts';
import { green } from '../terminal/look.ts';
import { shown } from '../terminal/printable.ts';
import { definitionFrom } from '../upload/checking/definition-file.ts';
import { mustNotOverwrite } from '../upload/files.ts';
import { writeText } from './definition-output.ts';

export interface ExportOptions {
  readonly as: ExportFormat;
  readonly version?: number;
  readonly output?: string;
}

interface Source {
  readonly definition: ResourceDefinition;
  readonly name: string;
  readonly version: number | undefined;
}

/** `hub export`: a definition of the hub or of a file, in a form that other tools read. */
export async function exportResource(context: Context, source: string, options: ExportOptions): Promise<void> {
  const { as: format, output } = options;
  const { definition, name, version } = await sourceOf(context, source, options);
  const exported = exportDefinition(definition, { format, name, version });
  if (output === undefined) {
    sayLost(context, exported, format);
    return context.print({ format, ...exported }, () => exported.text.trimEnd());
  }
  mustNotOverwrite(source, [output]);
  await writeText(output, exported.text);
  sayLost(context, exported, format);
  const { look } = context;
  context.print({ format, lost: exported.lost, written: output }, () =>
    green(either(look, `${output} holds ${name} as ${format}.`, `${name} 已按 ${format} 写入 ${output}。`), look),
  );
}

/** A name with a dot or a slash is a file: no resource has one. */
async function sourceOf(context: Context, source: string, { version }: ExportOptions): Promise<Source> {
  if (/[./\\]/.test(source))
    return { definition: await definitionFrom(source), name: nameOf(basename(source)), version };
  const { client } = await context.connect();
  const found = await readResource(client, source, version);
  return { definition: found.definition, name: found.resourceId, version: found.version };
}

/** Names in a Data Package are lower-case letters, digits, dots, hyphens and underscores. */
const nameOf = (file: string): string =>
  file
    .replace(/\.json$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'resource';

function sayLost(context: Context, exported: Exported, format: ExportFormat): void {
  const { lost } = shown(exported);
  if (lost.length === 0) return;
  context.say(
    either(
      context,
      `${format} has no place for ${lost.join(', ')}; data-package and odcs carry them.`,
      `${format} 无法容纳 ${lost.join('、')}；data-package 和 odcs 可以。`,
    ),
  );
}
