import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { writeXlsx } from 'hucre/xlsx';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeFile } from 'node:fs/promises';
import { SOFTWARE_VERSION } from '../../schemas/version.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { Terminal } from './terminal.ts';

const definition = {
  title: '停车场',
  provider: 'surveying',
  shareType: 'unconditional',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'integer' },
      { name: 'name', type: 'string', constraints: { pattern: '\\p{Han}+\\d' } },
      { name: 'opened', type: 'datetime', format: '%Y-%m-%d %H:%M:%S%z' },
    ],
  },
};
const rows = [1, 2, 3].map((code) => ({ code, name: `停车场${code}`, opened: '2026-01-31 08:00:00+0800' }));
/** Judged by a database that is not in the package. */
const derived = {
  ...definition,
  schema: { primaryKey: ['code'], fields: [{ name: 'code', type: 'integer' }] },
  derivation: { inputs: { parks: { resourceId: 'parks' } }, sql: 'SELECT code FROM parks' },
};
const csv = ['code,name,opened', ...rows.map((row) => Object.values(row).join(',')), ''].join('\n');
const terms =
  "--fields code,name --purpose '巡查' --basis '政务数据共享条例 第十二条' --from 2026-01-01 --until 2099-12-31";

export interface Installed {
  /** What is started, with its first arguments. */
  readonly program: readonly string[];
  readonly readsZstd?: boolean;
}

/**
 * A day's work with nothing but what was installed: who and where one is, a resource, an agreement's life, an upload, files of
 * each kind, a daemon. The definition's patterns and formats, and each kind of file, need other parts of what was bundled.
 * @param id of the resource, another one for each session of a hub
 * @param consumer another one for each session of a hub
 */
export async function playSession(
  { program, readsZstd = true }: Installed,
  at: Place,
  id: string,
  consumer: string,
): Promise<void> {
  const terminal = await Terminal.beside(at.hub, undefined, program);
  const as = async (department: string, line: string, code = 0) => {
    const { out, err, ...printed } = await terminal.hub(line, { env: { AWS_PROFILE: department } });
    expect({ line, code: printed.code, ...(printed.code !== code && { out, err }) }).toEqual({ line, code });
    return { out, err };
  };
  try {
    await filesIn(terminal);
    await knowsBoth(as);
    await as('surveying', `publish parks.json --id ${id}`);
    const agreement = await agreed(as, id, consumer);
    await as('surveying', `upload parks.csv --resource ${id}`);
    await watched(terminal, id, consumer);
    for (const file of ['parks.xlsx', 'parks.parquet'])
      await as('surveying', `check ${file} --resource ${id} --strict`);
    await as(consumer, `agreements terminate ${agreement} --reason '巡查已结束'`);
    const { out } = await as(consumer, `agreements show ${agreement} --json`);
    expect(JSON.parse(out)).toMatchObject({ state: 'terminated' });
    await tellsWhatIsMissing(as, id, readsZstd);
  } finally {
    await terminal.close();
  }
}

type Typing = (department: string, line: string, code?: number) => Promise<{ out: string; err: string }>;

async function filesIn(terminal: Terminal): Promise<void> {
  const within = (name: string) => join(terminal.folder, name);
  const columns = ['code', 'name', 'opened'] as const;
  await terminal.file('parks.json', JSON.stringify(definition));
  await terminal.file('derived.json', JSON.stringify(derived));
  await terminal.file('parks.csv', csv);
  const cells = rows.map((row) => columns.map((name) => row[name]));
  await writeFile(
    within('parks.xlsx'),
    await writeXlsx({ sheets: [{ name: '2026', rows: [[...columns], ...cells] }] }),
  );
  const columnData = columns.map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: name === 'code' ? ('INT32' as const) : ('STRING' as const),
  }));
  await writeFile(within('parks.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * FROM '${within('parks.parquet')}') TO '${within('zstd.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** The tool and the hub are of the same version here. */
async function knowsBoth(as: Typing): Promise<void> {
  const { out } = await as('surveying', '--version --json');
  expect(JSON.parse(out)).toMatchObject({ version: SOFTWARE_VERSION, hub: { version: SOFTWARE_VERSION } });
  const me = await as('surveying', 'me --lang zh');
  expect(me.out).toMatch(/^部门 +surveying\n/);
}

async function agreed(as: Typing, id: string, consumer: string): Promise<string> {
  const { out } = await as(consumer, `agreements propose ${id} ${terms} --json`);
  const { agreementId } = JSON.parse(out) as { agreementId: string };
  await as('surveying', `agreements accept ${agreementId}`);
  await as(consumer, `agreements sign ${agreementId}`);
  await as('surveying', `agreements sign ${agreementId}`);
  await as('eitc', `agreements file ${agreementId} --number ${id.toUpperCase()}-1`);
  return agreementId;
}

async function watched(terminal: Terminal, id: string, consumer: string): Promise<void> {
  const watch = terminal.start(`watch --resource ${id} --to in --exec 'cp {} copy.csv'`, {
    env: { AWS_PROFILE: consumer },
  });
  const copy = await eventually(
    () => terminal.read('copy.csv').catch(() => ''),
    (text) => text !== '',
  );
  expect(copy).toBe(['code,name', ...rows.map(({ code, name }) => `${code},${name}`), ''].join('\n'));
  watch.child.kill('SIGTERM');
  expect((await watch.printed).code).toBe(0);
}

/** With DuckDB beside what was installed, a statement is run on this machine. */
export async function previewDerived({ program }: Installed, at: Place, id: string): Promise<void> {
  const terminal = await Terminal.beside(at.hub, 'surveying', program);
  try {
    await filesIn(terminal);
    await terminal.file(
      'of-parks.json',
      JSON.stringify({ ...derived, derivation: { ...derived.derivation, inputs: { parks: { resourceId: id } } } }),
    );
    const { code, out, err } = await terminal.hub('derive preview of-parks.json --input parks=parks.csv --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ columns: ['code'], rows: rows.length });
  } finally {
    await terminal.close();
  }
}

/** What is not in the package, or not in an older Node, is told in a sentence with what to do. */
async function tellsWhatIsMissing(as: Typing, id: string, readsZstd: boolean): Promise<void> {
  const derived = await as('surveying', 'derive preview derived.json', 1);
  expect(derived.err).toMatch(/DuckDB, which is not installed here.*npm install -g @duckdb\/node-api@\d/s);
  const zstd = await as('surveying', `check zstd.parquet --resource ${id}`, readsZstd ? 0 : 4);
  if (!readsZstd) expect(zstd.out + zstd.err).toContain('takes Node 22.15 or newer');
}
