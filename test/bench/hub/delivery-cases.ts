import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { type DataFile, dataFile, requireRoom } from '../data/data-folder.ts';
import { SHAPES } from '../data/shapes.ts';
import { type Figures, median } from '../figures.ts';
import type { Arrival } from './arrivals.ts';
import { BenchCity } from './bench-city.ts';
import { workerMemory } from './worker-memory.ts';

interface DeliveryCase {
  readonly name: string;
  readonly about: string;
  readonly rows: number;
  readonly agreements: number;
  readonly unique: boolean;
  readonly onDemand: boolean;
}

const MANY_ROWS = 21_000_000;

const some: readonly DeliveryCase[] = [1, 28, 550].map((agreements) => ({
  name: `hub-100K-agreements-${agreements}`,
  about: `local hub: 100,000 rows, from the PUT to the last notice of ${agreements} agreement${agreements === 1 ? '' : 's'}`,
  rows: 100_000,
  agreements,
  unique: false,
  onDemand: false,
}));

/** Long enough to see where the time goes, short enough to run again after each change. */
const middle: DeliveryCase = {
  name: 'hub-3M-agreements-4',
  about: 'local hub: 3 million rows (490 MB), four agreements, memory of the workers',
  rows: 3_000_000,
  agreements: 4,
  unique: false,
  onDemand: true,
};

const many: readonly DeliveryCase[] = [false, true].map((unique) => ({
  name: `hub-21M-agreements-4${unique ? '-unique' : ''}`,
  about: `local hub: 21 million rows (3.4 GB), four agreements, memory of the workers${unique ? ', codes unique' : ''}`,
  rows: MANY_ROWS,
  agreements: 4,
  unique,
  onDemand: true,
}));

export const deliveryCases: readonly BenchCase[] = [...some, middle, ...many].map((of) => ({
  name: of.name,
  about: of.about,
  onDemand: of.onDemand,
  run: (context) => runDelivery(of, context),
}));

/** The upload, the dataset, and of sixteen extracts about five times the file. */
const COPIES = 8;
async function runDelivery(of: DeliveryCase, context: BenchContext): Promise<Figures[]> {
  context.progress(`${of.name}: data`);
  const rows = rowsOf(of.rows, context);
  const data = await dataFile(context.folder, { shape: SHAPES.plain, rows, seed: context.seed });
  // Every run makes another dataset and its extracts.
  const runs = of.rows === MANY_ROWS ? 1 : context.runs;
  await requireRoom(context.folder, data.bytes * COPIES * runs);
  const { seconds, peaks } = await BenchCity.inOne(context, of.name, { unique: of.unique }, async (city) => {
    await city.agree(of.agreements, {}, (done) => context.progress(`${of.name}: agreement ${done}`));
    return { seconds: await exchanges(of, data, city, runs, context), peaks: await workerMemory(city.hub.pid) };
  });
  const wallSeconds = median(seconds);
  const rowsPerSecond = Math.round(rows / wallSeconds);
  const note = memoryNote(peaks);
  return [{ case: of.name, system: 'hub', rows, bytes: data.bytes, runs, wallSeconds, rowsPerSecond, note }];
}

async function exchanges(
  of: DeliveryCase,
  data: DataFile,
  city: BenchCity,
  runs: number,
  { progress }: BenchContext,
): Promise<number[]> {
  const all: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`${of.name}: run ${run} of ${runs}`);
    const { seconds, arrived } = await city.exchange(data);
    verifyNotices(arrived, of.agreements, data);
    all.push(seconds);
  }
  return all;
}

/** @throws unless every agreement has its own delivery and those of all rows have all accepted rows. */
function verifyNotices(arrived: readonly Arrival[], agreements: number, data: DataFile): void {
  const parties = new Set(arrived.map(({ notice }) => notice.agreementId));
  const most = Math.max(...arrived.map(({ notice }) => notice.rows));
  if (arrived.length === agreements && parties.size === agreements && most === data.good) return;
  throw new Error(
    `${arrived.length} notices of ${parties.size} agreements, the largest of ${most} rows; wanted ${agreements} and ${data.good}`,
  );
}

function memoryNote(peaks: ReadonlyMap<string, number>): string | undefined {
  const told = ['check', 'deliver'].flatMap((name) => {
    const peak = peaks.get(name);
    return peak === undefined ? [] : [`${name} ${Math.round(peak)} MiB`];
  });
  return told.length === 0 ? undefined : `peak RSS of the workers: ${told.join(', ')}`;
}
