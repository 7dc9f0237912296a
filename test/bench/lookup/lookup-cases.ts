import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { DisagreementError } from '../check/verify.ts';
import { verifyFiles } from '../compare/verify-files.ts';
import { requireRoom } from '../data/data-folder.ts';
import type { Figures } from '../figures.ts';
import { openDuckdb, openHubReader, openSqlite, type Searcher } from '../systems/lookup-searchers.ts';
import { type Asked, nobody, peopleOf } from './lookup-files.ts';
import { lookUpInHub } from './lookup-hub.ts';
import { figuresOfTimes, timesOf } from './times.ts';

interface LookupCase {
  readonly name: string;
  readonly people: number;
  readonly onDemand: boolean;
}

const million = 1_000_000;

export const LOOKUP_CASES: readonly LookupCase[] = [
  { name: 'lookup-1M', people: million, onDemand: false },
  { name: 'lookup-10M', people: 10 * million, onDemand: true },
];

export const lookupCases: readonly BenchCase[] = LOOKUP_CASES.map((of) => ({
  name: of.name,
  about: `single records of a register of ${of.people / million} million by their key: a whole local hub, and its reader alone`,
  onDemand: of.onDemand,
  run: (context) => runLookups(of, context),
}));

/** Of the reader and its rivals; a tenth of them of people who are not on the register. */
const SEARCHES = 1000;
const BYTES_A_ROW = 800;

export async function runLookups(of: LookupCase, context: BenchContext): Promise<Figures[]> {
  const rows = rowsOf(of.people, context);
  const { folder, seed, progress } = context;
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, rows * BYTES_A_ROW);
  progress(`${of.name}: data`);
  const { csv } = (await verifyFiles(folder, rows, rows, seed)).resource;
  const known = { case: of.name, rows };
  const searches = await runSearches(known, csv, context);
  return [...(await lookUpInHub(known, csv, await askedOf(csv, SEARCHES), context)), ...searches];
}

/** The reader and its rivals, without a hub. */
export async function runSearches(
  known: Pick<Figures, 'case' | 'rows'>,
  csv: string,
  { folder, progress }: BenchContext,
  searches = SEARCHES,
): Promise<Figures[]> {
  const asked = await askedOf(csv, searches);
  const figures: Figures[] = [];
  const prepared = join(folder, 'out-lookup');
  for (const open of [openHubReader, openDuckdb, openSqlite]) {
    progress(`${known.case}: a register is prepared`);
    await rm(prepared, { recursive: true, force: true });
    await mkdir(prepared);
    const searcher = await open(prepared, csv);
    const { system } = searcher;
    try {
      progress(`${known.case}: ${system}`);
      const { times, note } = await searched(known.case, searcher, asked);
      figures.push(figuresOfTimes({ ...known, system, note }, times, 1));
    } finally {
      await searcher.close();
    }
  }
  await rm(prepared, { recursive: true, force: true });
  return figures;
}

const askedOf = async (csv: string, searches: number): Promise<readonly Asked[]> =>
  (await peopleOf(csv, searches)).map((person, i) =>
    i % 10 === 9 ? { id: nobody(i), person: undefined } : { id: person[0]!, person },
  );

async function searched(name: string, searcher: Searcher, asked: readonly Asked[]) {
  // What is kept from the first search on is no part of one.
  await searcher.find(asked[0]!.id);
  const before = searcher.reads?.() ?? 0;
  let most = 0;
  const times = await timesOf(asked, 1, async ({ id, person }) => {
    const reads = searcher.reads?.() ?? 0;
    const found = await searcher.find(id);
    most = Math.max(most, (searcher.reads?.() ?? 0) - reads);
    return () => {
      if (JSON.stringify(found) !== JSON.stringify(person?.slice(1)))
        throw new DisagreementError(`${name}: a record was found with other values, or not found`);
    };
  });
  const reads = ((searcher.reads?.() ?? 0) - before) / asked.length;
  return { times, note: searcher.reads ? `reads: ${reads.toFixed(2)} on average, ${most} at most` : undefined };
}
