import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { dataFile } from '../data/data-folder.ts';
import { entityMaker } from '../data/legal-entity-row.ts';
import { SHAPES } from '../data/shapes.ts';
import { type Figures, median } from '../figures.ts';
import { BenchCity } from './bench-city.ts';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';

const ROWS = 10_000;
/** Posts for every run that was asked for: one takes about a second. */
const POSTS_A_RUN = 5;
/** Serial numbers that the dataset does not have: every post is a new record. */
const NEW_SERIALS = 60_000_000;

/** How long one record takes from the provider's system to the consumer's mailbox. */
export const liveRecordCase: BenchCase = {
  name: 'live-record',
  about: 'local hub: one record posted to a resource of 10,000 rows, until the notice of the change',
  onDemand: false,
  run: runLiveRecord,
};

async function runLiveRecord(context: BenchContext): Promise<Figures[]> {
  const { name } = liveRecordCase;
  const rows = rowsOf(ROWS, context);
  const data = await dataFile(context.folder, { shape: SHAPES.plain, rows, seed: context.seed });
  const seconds = await BenchCity.inOne(context, name, { keyed: true }, async (city) => {
    await city.agree(1, { content: 'changes' });
    await city.exchange(data);
    return posts(city, context);
  });
  return [
    {
      case: name,
      system: 'hub',
      rows: 1,
      bytes: 0,
      runs: seconds.length,
      wallSeconds: median(seconds),
      rowsPerSecond: 1 / median(seconds),
      note: `one record a post; slowest ${Math.max(...seconds).toFixed(2)} s`,
    },
  ];
}

async function posts(city: BenchCity, { seed, runs, progress }: BenchContext): Promise<number[]> {
  const entity = entityMaker(seed);
  const all: number[] = [];
  const count = runs * POSTS_A_RUN;
  for (let post = 0; post < count; post += 1) {
    progress(`${liveRecordCase.name}: post ${post + 1} of ${count}`);
    const cells = entity(NEW_SERIALS + post);
    const { seconds, arrived } = await city.postRecord(Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i]])));
    if (arrived[0]?.notice.changes?.inserted !== 1) throw new Error('a posted record is no insertion');
    all.push(seconds);
  }
  return all;
}
