import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { type DataFile, dataFile, requireRoom } from '../data/data-folder.ts';
import { SHAPES, type ShapeName } from '../data/shapes.ts';
import type { Figures } from '../figures.ts';
import type { Arrival } from './arrivals.ts';
import { BenchCity } from './bench-city.ts';

const ROWS = 2_000_000;
/** Two uploads, two datasets, a snapshot for the consumer, and room for the hub's scratch files. */
const COPIES = 8;

/** Tomorrow's whole file differs from today's in one row of a hundred: the consumer gets those rows alone. */
export const changesCase: BenchCase = {
  name: 'changes-2M',
  about: 'local hub: 2 million rows with a key, the next day’s snapshot with 1 % edits, to a consumer of changes',
  onDemand: false,
  run: runChanges,
};

async function runChanges(context: BenchContext): Promise<Figures[]> {
  const { name } = changesCase;
  const rows = rowsOf(ROWS, context);
  context.progress(`${name}: data`);
  const day = (shape: ShapeName) => dataFile(context.folder, { shape: SHAPES[shape], rows, seed: context.seed });
  const [today, tomorrow] = [await day('plain'), await day('next-day')];
  await requireRoom(context.folder, today.bytes * COPIES);
  const { seconds, arrived } = await BenchCity.inOne(context, name, { keyed: true }, async (city) => {
    await city.agree(1, { content: 'changes' });
    context.progress(`${name}: the first snapshot`);
    await city.exchange(today);
    context.progress(`${name}: the next day`);
    return city.exchange(tomorrow);
  });
  verifyEdits(arrived, tomorrow);
  return [
    {
      case: name,
      system: 'hub',
      rows,
      bytes: tomorrow.bytes,
      runs: 1,
      wallSeconds: seconds,
      rowsPerSecond: Math.round(rows / seconds),
      note: `edits delivered: ${JSON.stringify(tomorrow.edits)}`,
    },
  ];
}

/** @throws unless the one notice counts exactly the edits that the generator made. */
function verifyEdits(arrived: readonly Arrival[], { edits }: DataFile): void {
  const [notice] = arrived.map(({ notice }) => notice);
  const { inserted, updated, deleted } = notice?.changes ?? {};
  const right = inserted === edits.inserted && updated === edits.updated && deleted === edits.deleted;
  if (notice?.content === 'changes' && right) return;
  throw new Error(
    `the notice of ${notice?.content} says ${JSON.stringify(notice?.changes)}; wanted changes with ${JSON.stringify(edits)}`,
  );
}
