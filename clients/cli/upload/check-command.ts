import { basename } from 'node:path';
import { verdictOf } from '../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import type { Context } from '../context.ts';
import { exit, wrongUsage } from '../failure.ts';
import type { Typed } from './command-line.ts';
import { definitionFrom } from './definition-file.ts';
import { mustBeReadable, mustNotOverwrite } from './files.ts';
import { inspectFile, type Inspection } from './inspect-file.ts';
import { stopped } from './interrupted.ts';
import { actsAfterCheck } from './next-acts.ts';
import { otherEncoding } from './other-encoding.ts';
import { texts } from './texts.ts';
import { verdictScreen } from './verdict-screen.ts';
import type { VerdictView } from './verdict-view.ts';

export interface CheckOptions {
  readonly resource?: string;
  readonly version?: number;
  readonly definition?: string;
  readonly encoding: Encoding;
  readonly mended?: boolean;
  readonly report?: string;
  readonly fixes?: string;
  readonly strict?: boolean;
  readonly records: number;
}

interface Against {
  readonly resourceId: string;
  readonly definition: ResourceDefinition;
  /** As options of the command. */
  readonly options: readonly string[];
}

/** `hub check`: the hub's verdict on a file before it is sent, by the hub's own engine on this machine. */
export async function check(context: Context, typed: Typed, file: string, options: CheckOptions): Promise<void> {
  const bytes = await mustBeReadable(file);
  mustNotOverwrite(file, [options.report, options.fixes, options.definition]);
  const against = await definitionOf(context, options);
  const inspection = await inspected(context, file, bytes, against.definition, options);
  const {
    resourceId,
    definition: { tolerance, schema },
  } = against;
  const judged = { ...verdictOf(inspection.result, { resourceId, tolerance }), trial: true };
  const other = judged.state === 'refused' ? await otherEncoding(file, options.encoding) : undefined;
  const { records, report, fixFile } = inspection;
  const situation = {
    typed,
    judged,
    file,
    lang: context.lang,
    encoding: options.encoding,
    otherEncoding: other,
    against: against.options,
    mended: options.mended === true,
    fixes: undefined,
  };
  const view: VerdictView = { judged, schema, records, report, fixFile, acts: actsAfterCheck(situation, report) };
  context.print(checkDocument(inspection, judged), (_, look) => verdictScreen(view, look));
  const rejected = judged.rows?.rejected ?? 0;
  if (judged.state === 'refused' || (options.strict === true && rejected > 0)) context.leaveWith(exit.verdict);
}

/** Named as in the hub's own `Upload`. */
function checkDocument(
  { result, report, fixFile }: Inspection,
  { state, rows, violations, refusal, resourceId }: ReturnType<typeof verdictOf>,
): object {
  return {
    state,
    resourceId,
    rows,
    violations,
    refusal,
    ...(result.verdict === 'checked' && {
      violationsTotal: result.violationsTotal,
      reported: result.reported,
      bytes: result.input.bytes,
      sha256: result.input.sha256,
    }),
    report,
    fixFile,
  };
}

async function inspected(
  context: Context,
  file: string,
  bytes: number,
  { schema }: ResourceDefinition,
  options: CheckOptions,
): Promise<Inspection> {
  const progress = context.progress(`${texts(context.lang).checking} ${basename(file)}`, bytes);
  try {
    return await inspectFile(file, {
      schema,
      encoding: options.encoding,
      mended: options.mended === true,
      reportTo: options.report,
      fixFileTo: options.fixes,
      records: options.records,
      onBytes: (done) => progress.update(done),
      signal: context.stopping,
    });
  } catch (fault) {
    throw stopped(fault, context, 'Stopped before the whole file was checked; no report was written.');
  } finally {
    progress.end();
  }
}

async function definitionOf(context: Context, { resource, version, definition }: CheckOptions): Promise<Against> {
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
    return { resourceId, definition: await definitionFrom(definition), options: ['--definition', definition] };
  }
  const { client } = await context.connect();
  const path = `/v1/resources/${encodeURIComponent(resource ?? '')}${version === undefined ? '' : `/versions/${version}`}`;
  const found = await client.get<ResourceVersion>(path);
  const options = ['--resource', found.resourceId, ...(version === undefined ? [] : ['--version', String(version)])];
  return { resourceId: found.resourceId, definition: found.definition, options };
}
