import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { Checked, CheckOptions, CheckSinks } from '../check/contract.ts';
import { drive } from '../check/drive.ts';
import { Engine } from '../check/engine.ts';
import { KeyReader } from '../check/key-reader.ts';
import type { Opened } from '../check/opened.ts';
import { type Shape, shapeOf } from '../check/shape.ts';
import { Violations } from '../check/violations.ts';
import { Output } from '../csv/output.ts';
import { extractionOf } from '../extract/extraction.ts';
import { hasWarnings } from '../types/column.ts';
import { ChangeLog } from './change-log.ts';
import { Edits } from './edits.ts';
import { merge } from './merge.ts';
import { settle } from './settle.ts';

/**
 * The rest of a check of edits: their records are checked into a log, then it is settled which of them stand, then the
 * dataset is written anew. A base is read once, and once more if the resource has other keys than its primary one.
 */
export async function checkChanges<Digest extends object>(
  opened: Opened,
  options: CheckOptions,
  sinks: CheckSinks<Digest>,
): Promise<Checked<Digest> | UploadRefusal> {
  const { schema } = options;
  const shape = shapeOf(opened.header.columns, options);
  const log = new ChangeLog(new KeyReader(schema.primaryKey ?? [], shape.columns, schema));
  try {
    return await checkInto(log, shape, opened, options, sinks);
  } finally {
    log.close();
  }
}

async function checkInto<Digest extends object>(
  log: ChangeLog,
  shape: Shape,
  opened: Opened,
  { schema, base }: CheckOptions,
  sinks: CheckSinks<Digest>,
): Promise<Checked<Digest> | UploadRefusal> {
  const violations = new Violations(new Output(sinks.report, sinks.digester), hasWarnings(schema));
  const accepted = new Output(sinks.accepted, sinks.digester);
  const engine = engineOf(opened, { schema, shape, accepted, violations, edits: new Edits(log, shape, schema) });
  await drive(engine, { window: opened.window, outputs: [violations.output] });
  const { read, accepted: good } = engine.rows;
  if (read === 0) return { code: 'empty', detail: 'no record follows the header; send at least one' };

  const settlement = await settle({ log, columns: shape.columns, schema, base, violations });
  const extraction = extractionOf(sinks.extracts, { schema, columns: shape.stored }, sinks.digester);
  const merged = await merge({ log, settlement, shape, schema, base, accepted, extraction });
  if (merged.tooLong > 0) return tooLong(merged.tooLong);
  await violations.output.finish();
  const stand = good - settlement.rejected;
  return {
    verdict: 'checked',
    rows: { read, accepted: stand, rejected: read - stand },
    violations: violations.summary(),
    violationsTotal: violations.total,
    reported: violations.reported,
    fixable: 0,
    baseRows: merged.baseRows,
    datasetRows: merged.datasetRows,
    columns: [...shape.stored],
    input: opened.meter.finish(),
    dataset: await accepted.finish(),
    extracts: (await extraction?.finish()) ?? [],
  };
}

type Given = Pick<ConstructorParameters<typeof Engine>[0], 'schema' | 'shape' | 'accepted' | 'violations' | 'edits'>;

const engineOf = ({ table, header, window }: Opened, given: Given): Engine =>
  new Engine({
    ...given,
    keys: [],
    line: table.firstLine ?? 1 + header.lines,
    lines: table.lines,
    window,
    fixFile: undefined,
    fast: false,
  });

const tooLong = (records: number): UploadRefusal => ({
  code: 'header',
  detail: `with the new columns ${records} records of the dataset would be longer than a record may be; upload the whole resource`,
});
