import { createReadStream } from 'node:fs';
import manifest from '../../../../package.json' with { type: 'json' };
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatementLimits } from '../../../../functions/reading/derivation/run-statement.ts';
import type { DerivedDefinition, JudgedDerivation } from '../../../../functions/reading/derivation/judge.ts';
import { statementInput } from '../../../../functions/reading/derivation/rights.ts';
import { checkRecords, sampleExtract } from '../../../../functions/records/index.ts';
import type { RunReason } from '../../../../schemas/contracts/derivation-runs.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { runReasons } from '../../../words/derivations.ts';
import type { Context } from '../../terminal/context.ts';
import { Failure, wrongUsage } from '../../terminal/failure.ts';
import { definitionFrom, invalid } from '../../upload/checking/definition-file.ts';
import { FileSink, nowhere } from '../../upload/checking/sinks.ts';
import type { Made } from '../derive-screens.ts';
import { delivered, inputData } from './input-file.ts';
import { judged, madeOf, mustBeDerived } from './judged.ts';
import { previewScreen, type Preview, type PreviewedInput } from './preview-screen.ts';

/** What a run may take here: that of a run in the hub, on a machine that has other things to do. */
const LIMITS: StatementLimits = {
  memoryMb: 2048,
  spillMb: 8192,
  threads: 2,
  seconds: 300,
  rows: 20_000_000,
  bytes: 2 * 1024 ** 3,
};

/** Records that are shown. */
const HEAD = 10;

type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** DuckDB is loaded with the first statement. */
async function openWorkshop() {
  try {
    const { openWorkshop: open } = await import('../../../../functions/adapters/duckdb/workshop.ts');
    return await open(LIMITS);
  } catch (cause) {
    throw isMissing(cause) ? noDatabase(cause) : cause;
  }
}

const DATABASE = '@duckdb/node-api';

/** Native code is no part of what is installed (clients/package). */
const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  /^(ERR_)?MODULE_NOT_FOUND$/.test(String((cause as { code?: unknown }).code)) &&
  cause.message.includes(DATABASE);

function noDatabase(cause: unknown): Failure {
  return new Failure(
    {
      what: 'This command runs the statement in DuckDB, which is not installed here.',
      next: [
        `npm install -g ${DATABASE}@${manifest.dependencies[DATABASE]} puts it beside a hub that was installed so.`,
        'Beside a single executable: npm install of the same in its folder.',
      ],
      code: 'no-database',
    },
    { cause },
  );
}

/** The statement on one's own data, here: what the hub would make of them, without anything being published. */
export async function preview(context: Context, file: string, named: readonly string[]): Promise<void> {
  const definition = mustBeDerived(file, await definitionFrom(file));
  const files = filesOf(named, definition);
  const { client } = await context.connect();
  await inWorkshop(async (workshop, folder) => {
    const found = await judged(client, file, definition, workshop.parse);
    const read = await readInputs({ client, workshop, folder, files }, found);
    context.print(await tried({ file, definition, found, read }, workshop, folder), previewScreen);
  });
}

/** Where its fields come from and what they inherit, before it is published. */
export async function lineageOf(client: HubClient, file: string): Promise<Made> {
  const definition = mustBeDerived(file, await definitionFrom(file));
  return inWorkshop(async ({ parse }) => madeOf(definition, await judged(client, file, definition, parse)));
}

async function inWorkshop<T>(use: (workshop: Workshop, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-preview-'));
  const workshop = await openWorkshop();
  try {
    return await use(workshop, folder);
  } finally {
    await workshop.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function filesOf(named: readonly string[], { derivation }: DerivedDefinition): ReadonlyMap<string, string> {
  return new Map(
    named.map((text) => {
      const [name = '', ...file] = text.split('=');
      if (file.length === 0 || !Object.hasOwn(derivation.inputs, name))
        throw wrongUsage(
          `${text} names no input.`,
          `--input NAME=FILE, with one of ${Object.keys(derivation.inputs).join(', ')}.`,
        );
      return [name, file.join('=')];
    }),
  );
}

interface Reading {
  readonly client: HubClient;
  readonly workshop: Workshop;
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

async function readInputs(
  { client, workshop, folder, files }: Reading,
  { inputs }: JudgedDerivation,
): Promise<PreviewedInput[]> {
  const read: PreviewedInput[] = [];
  for (const [name, input] of inputs) {
    const file = files.get(name) ?? (await delivered(client, name, input, folder));
    const { rows, rejected, ...source } = await inputData(name, input, file, folder);
    const fields = [...statementInput(input).fields];
    const cut = await workshop.extract(name, source, { fields, filter: [], mask: {} });
    if (!cut.ok) throw noResult(cut.refusal.code);
    read.push({ name, resourceId: input.version.resourceId, from: files.get(name) ?? 'delivery', rows, rejected });
  }
  return read;
}

interface Trying {
  readonly file: string;
  readonly definition: DerivedDefinition;
  readonly found: JudgedDerivation;
  readonly read: readonly PreviewedInput[];
}

async function tried({ file, definition, found, read }: Trying, workshop: Workshop, folder: string): Promise<Preview> {
  const { schema, derivation } = definition;
  const fields = Object.fromEntries(found.inputs.map(([name, input]) => [name, statementInput(input).fields]));
  const threads = found.statement.inOneThread ? 1 : LIMITS.threads;
  const options = { lost: [], order: schema.primaryKey ?? [], threads };
  const result = await workshop.run(derivation.sql, fields, options);
  if (!result.ok) {
    if (result.refusal.violations) throw invalid(file, [...result.refusal.violations]);
    throw noResult(result.refusal.code);
  }
  const { columns } = result.value;
  const made = { ...madeOf(definition, found), read, columns };
  if (result.value.rows === 0) return { ...made, rows: 0, rejected: [], head: [] };
  const sink = new FileSink(join(folder, 'result.csv'));
  const checking = { schema, format: 'parquet', encoding: 'utf-8' } as const;
  const checked = await checkRecords(workshop.result(), checking, { accepted: sink, report: nowhere });
  if (checked.verdict === 'refused') throw noResult('rejected-records');
  const spec = { fields: [...columns], filter: [], mask: {}, format: 'csv' as const };
  const source = { schema, columns: checked.columns };
  const { sample } = await sampleExtract(createReadStream((await sink.finish(true)) ?? ''), source, spec, {
    size: HEAD,
    more: () => true,
  });
  return { ...made, rows: checked.rows.accepted, rejected: checked.violations, head: sample };
}

/** Why there is no result, as a run in the hub would say it. */
const noResult = (reason: RunReason): Failure =>
  new Failure({ what: `There is no result: ${runReasons[reason].en}.`, next: [], code: reason });
