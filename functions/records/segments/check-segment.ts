import { drive } from '../check/drive.ts';
import { Engine } from '../check/engine.ts';
import { keysOf } from '../check/keys.ts';
import { shapeOf } from '../check/shape.ts';
import { Violations } from '../check/violations.ts';
import { type Header, readHeader } from '../header/read-header.ts';
import { Meter } from '../csv/meter.ts';
import { Output } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { Window } from '../csv/window.ts';
import { FixFile } from '../fixes/fix-file.ts';
import { UPLOADS } from '../formats/natures.ts';
import type { Table } from '../formats/open-table.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { hasWarnings } from '../types/column.ts';
import type { CheckedSegment, SegmentOptions, SegmentResult, SegmentSinks } from './contract.ts';
import { KeyTrail } from './key-trail.ts';
import { KnownCollisions } from './known-collisions.ts';
import { openSegment } from './open-segment.ts';
import { Tail } from './tail.ts';

interface Opened {
  readonly table: Table;
  readonly window: Window;
  readonly header: Header;
  readonly meter: Meter;
  readonly tail: Tail;
}

/**
 * `checkRecords` for one segment of a file. Whether a key stands in another segment nobody knows here: without collisions
 * the keys are written down, and what breaks nothing but `unique` is accepted.
 * @throws what the input or a sink throws.
 */
export async function checkSegment(
  input: AsyncIterable<Uint8Array>,
  options: SegmentOptions,
  sinks: SegmentSinks,
): Promise<SegmentResult> {
  const meter = new Meter();
  const tail = new Tail();
  const table = await openSegment(tail.follow(meter.measure(input)), options);
  if ('code' in table) return { verdict: 'refused', refusal: table };
  const window = new Window(table.csv);
  try {
    await window.fill();
    const header = await headerOf(window, options);
    if ('code' in header) return { verdict: 'refused', refusal: header };
    return await checkOpened({ table, window, header, meter, tail }, options, sinks);
  } catch (error) {
    if (error instanceof RefusedFile) return { verdict: 'refused', refusal: error.refusal };
    throw error;
  } finally {
    await window.close();
  }
}

/** Objects have no header row, but the CSV that is made of them has. */
async function headerOf(window: Window, { schema, format, isFirst, columns }: SegmentOptions) {
  if (isFirst || !UPLOADS[format].segments.hasHeader) return readHeader(window, { schema });
  if (!columns) throw new Error('a segment behind the first is checked with the columns of the first');
  return { columns: [...columns], lines: 0 };
}

async function checkOpened(opened: Opened, options: SegmentOptions, sinks: SegmentSinks): Promise<SegmentResult> {
  const known = options.collisions && (await KnownCollisions.read(options.collisions));
  try {
    const result = await checkBody(opened, options, sinks, known);
    if (result.verdict === 'checked') known?.mustBeUsedUp();
    return result;
  } finally {
    known?.close();
  }
}

async function checkBody(
  { table, window, header, meter, tail }: Opened,
  { schema, isFirst, isLast }: SegmentOptions,
  sinks: SegmentSinks,
  known: KnownCollisions | undefined,
): Promise<SegmentResult> {
  const shape = shapeOf(header.columns, { schema });
  const accepted = new Output(sinks.accepted);
  const violations = new Violations(new Output(sinks.report), hasWarnings(schema));
  const fixFile = sinks.fixes && new FixFile({ output: new Output(sinks.fixes), schema, shape });
  const keyOutput = new Output(sinks.keys ?? NOWHERE);
  const keys = keysOf(schema, header.columns);
  const trail = keys.length === 0 ? undefined : (known ?? new KeyTrail(keys.length, keyOutput));
  if (isFirst) accepted.text(lineOf(shape.stored));
  const engine = new Engine({
    schema,
    shape,
    keys: trail ? keys.map((key, index) => ({ ...key, seen: trail.seen(index) })) : [],
    line: table.firstLine ?? 1 + header.lines,
    lines: table.lines,
    window,
    accepted,
    violations,
    fixFile,
    fast: true,
    trail,
  });
  await drive(engine, {
    window,
    outputs: [accepted, violations.output, keyOutput, ...(fixFile ? [fixFile.output] : [])],
  });
  if (!isLast && (engine.endsOpen || !tail.endsLine)) return { verdict: 'cut' };
  // Where records are counted, nobody has counted what follows the last one.
  const [blankLines, uncounted] =
    table.lines === 'physical' ? [engine.trailingBlankLines, 0] : [tail.blankLines, tail.blankLines];
  await violations.output.finish();
  await fixFile?.output.finish();
  return {
    verdict: 'checked',
    ...findingsOf(violations, engine),
    fixable: fixFile?.records ?? 0,
    lines: engine.nextLine - 1 + uncounted,
    blankLines,
    columns: [...shape.stored],
    input: meter.finish(),
    dataset: await accepted.finish(),
    keys: await keyOutput.finish(),
  };
}

const findingsOf = (violations: Violations, { rows }: Engine): Pick<CheckedSegment, Counted> => ({
  rows,
  counts: violations.ruleCounts(),
  violationsTotal: violations.total,
  reported: violations.reported,
});

type Counted = 'rows' | 'counts' | 'violationsTotal' | 'reported';

const NOWHERE = { write: () => undefined };
