import type { ViolationCount } from '../../schemas/contracts/uploads.ts';
import type { DerivationRun } from '../../schemas/contracts/derivation-runs.ts';
import type { DatasetObject, StoredDataset } from '../../schemas/stored/datasets.ts';
import type { Entered } from '../../schemas/stored/derivations.ts';
import { csvOf } from '../datasets/csv.ts';
import type { Written } from '../datasets/next-version.ts';
import { Fault } from '../kernel/fault.ts';
import type { Lease } from '../kernel/hold-lease.ts';
import { refuse, type Outcome } from '../kernel/outcome.ts';
import { mustBeWhole } from '../kernel/stored-whole.ts';
import { dayIn } from '../kernel/time.ts';
import { impactOf } from '../reading/derivation/impact.ts';
import { judgeDerivation, type DerivedDefinition, type JudgedDerivation } from '../reading/derivation/judge.ts';
import { statementInput } from '../reading/derivation/rights.ts';
import { type ByteSink, checkRecords, fitsTerms, lineOf, tooManyRejections, writeExtracts } from '../records/index.ts';
import { derivedKey, enteredKey } from './domain/places.ts';
import type { NoVersion, Work } from './domain/run-state.ts';
import { isEnded, isLost, type Source } from './domain/sources.ts';
import type { Entering, ObjectWriter, Result, RunPorts, Workshop } from './ports.ts';

/** What a run made; nothing refers to it before it is committed. */
export interface MadeResult {
  readonly written: Written;
  readonly entered?: Entered;
  readonly lost: readonly string[];
}

type Failed = NoVersion & { readonly state: 'failed' | 'stopped' | 'unchanged' };

const failed = (reason: NonNullable<DerivationRun['reason']>, more: NoVersion['more'] = {}): Failed => ({
  state: 'failed',
  reason,
  more,
});

/** Cuts each input as its right says, runs the statement on these alone, and checks what it gives by the resource's schema. */
export async function makeResult(ports: RunPorts, work: Work, lease: Lease): Promise<MadeResult | Failed> {
  const definition = work.version.definition as DerivedDefinition;
  const workshop = await ports.workshop(ports.limits);
  try {
    const judged = await judgedAgain(ports, work, definition, workshop);
    if (!judged.ok) return failed('invalid-derivation', { violations: [...(judged.refusal.violations ?? [])] });
    const inputs = Object.fromEntries(work.sources.map(({ name, input }) => [name, statementInput(input)]));
    const { schema, derivation } = definition;
    const without = work.sources.filter(isLost).map(({ name }) => name);
    const impact = impactOf(derivation, judged.value.statement, inputs, schema, without);
    if (impact.outcome === 'ends') {
      const isOver = impact.because === 'chosen' && work.sources.some(isEnded);
      return { state: 'stopped', reason: isOver ? 'source-ended' : 'source-lost', more: { lost: [...impact.lost] } };
    }
    for (const source of work.sources) {
      const cut = await extract(ports, source, workshop, lease);
      if (!cut.ok) return failed(cut.refusal.code);
    }
    lease.mustHold();
    const fields = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.fields]));
    const order = schema.primaryKey ?? [];
    const threads = judged.value.statement.inOneThread ? 1 : ports.limits.threads;
    const result = await workshop.run(derivation.sql, fields, { lost: impact.lost, order, threads });
    if (!result.ok)
      return failed(result.refusal.code, result.refusal.violations && { violations: [...result.refusal.violations] });
    lease.mustHold();
    return await checked(ports, work, { definition, workshop, lease, result: result.value, lost: impact.lost });
  } finally {
    await workshop.close();
  }
}

/** Fields, terms and what is inherited of them may be others since it was published. */
const judgedAgain = (
  { clock, timeZone }: RunPorts,
  { sources }: Work,
  definition: DerivedDefinition,
  { parse }: Workshop,
): Promise<Outcome<JudgedDerivation, 'invalid-derivation'>> =>
  judgeDerivation(
    definition,
    sources.map(({ name, input }) => [name, input] as const),
    { today: dayIn(timeZone, clock.now()), parse, lost: true },
  );

/** What is lost has the columns that it had, and no record. */
async function extract(
  { facts, objects }: RunPorts,
  { name, input, dataset }: Source,
  workshop: Workshop,
  lease: Lease,
): Promise<Outcome<undefined, 'input-unfit' | 'input-unreadable'>> {
  const { right, version } = input;
  const { fields } = statementInput(input);
  if (right.kind === 'own') {
    const { schema } = version.definition;
    return workshop.extract(name, { schema, ...read(dataset) }, { fields: [...fields], filter: [], mask: {} });
  }
  const { terms, resourceVersion } = right.grant;
  const pinned = await facts.version(version.resourceId, resourceVersion);
  if (!pinned) throw new Fault(`version ${resourceVersion} of ${version.resourceId} is gone`);
  const { schema } = pinned.definition;
  if (!dataset)
    return workshop.extract(
      name,
      { schema, ...none(schema.fields.map((field) => field.name)) },
      { ...terms, fields: [...fields] },
    );
  const checkedAs = await facts.version(version.resourceId, dataset.resourceVersion);
  if (!checkedAs) throw new Fault(`version ${dataset.resourceVersion} of ${version.resourceId} is gone`);
  const actual = checkedAs.definition.schema;
  if (!fitsTerms(terms, { pinned: schema, actual })) return refuse('input-unfit');
  return workshop.extract(name, { schema: actual, ...read(dataset) }, { ...terms, fields: [...fields] });

  function read(stored: StoredDataset | undefined) {
    if (!stored) throw new Fault(`the input ${name} has no dataset`);
    return csvOf(
      stored,
      (object) => objects.read(object),
      () => lease.mustHold(),
    );
  }
}

const header = (columns: readonly string[]): Uint8Array => new TextEncoder().encode(lineOf(columns));

function none(columns: readonly string[]) {
  return {
    columns,
    input: (async function* () {
      yield header(columns);
    })(),
  };
}

interface Checking {
  readonly definition: DerivedDefinition;
  readonly workshop: Workshop;
  readonly lease: Lease;
  readonly result: Result;
  readonly lost: readonly string[];
}

async function checked(ports: RunPorts, { run }: Work, checking: Checking): Promise<MadeResult | Failed> {
  const { definition, workshop, lost } = checking;
  const entering =
    definition.derivation.notify === 'entering' ? await leaveEntering(ports, run.entered, checking) : undefined;
  if (entering?.rows === 0)
    return { state: 'unchanged', more: { rows: 0, ...(lost.length > 0 && { lost: [...lost] }) } };
  const key = derivedKey(run);
  const writer = ports.objects.open(key);
  try {
    const rows = entering?.rows ?? checking.result.rows;
    const found = await check(workshop, { ...checking, rows }, writer);
    if ('rejected' in found) return failed('rejected-records', found);
    const { bytes, sha256 } = found.written;
    const { versionId, ...stored } = await writer.close();
    mustBeWhole(bytes, stored);
    const object: DatasetObject = { key, versionId, bytes, sha256 };
    const made = { lost, written: { ...found.written, objects: [object] } };
    return entering ? { ...made, entered: await keepEntered(ports, enteredKey(run), entering) } : made;
  } finally {
    await writer.abort();
  }
}

/** Of the records that enter none may be left out: it would count as one that has entered. */
async function check(
  workshop: Workshop,
  { definition: { schema, tolerance, derivation }, lease, result, rows }: Checking & { readonly rows: number },
  writer: ObjectWriter,
): Promise<{ readonly written: Omit<Written, 'objects'> } | { readonly rejected: ViolationCount[] }> {
  const sink = {
    write: (chunk: Uint8Array) => {
      lease.mustHold();
      return writer.write(chunk);
    },
  };
  const { columns } = result;
  if (rows === 0) {
    const spec = { fields: [...columns], filter: [], mask: {}, format: 'csv' as const };
    const [empty] = await writeExtracts(none(columns).input, { schema, columns }, [{ spec, sink }]);
    if (!empty?.ok) throw new Fault('a dataset without records was not written', { cause: empty?.error });
    return { written: { columns, rows: 0, bytes: empty.bytes, sha256: empty.sha256 } };
  }
  const options = { schema, format: 'parquet' as const, encoding: 'utf-8' as const };
  const found = await checkRecords(workshop.result(), options, { accepted: sink, report: nowhere });
  if (found.verdict === 'refused') throw new Fault(`a result is no file of records: ${found.refusal.code}`);
  const put = derivation.notify === 'entering' ? 0 : tolerance;
  if (found.rows.accepted === 0 || tooManyRejections(found.rows, put)) return { rejected: found.violations };
  const { bytes, sha256 } = found.dataset;
  return { written: { columns: found.columns, rows: found.datasetRows, bytes, sha256 } };
}

/** The report would have values; by field and rule its owner is told all the same. */
const nowhere: ByteSink = { write: () => undefined };

async function leaveEntering(
  { objects }: RunPorts,
  before: Entered | undefined,
  { workshop, definition, lease }: Checking,
): Promise<Entering> {
  const bytes = before && (await objects.read(before.object));
  const entering = await workshop.entering(definition.schema.primaryKey ?? [], bytes);
  lease.mustHold();
  return entering;
}

async function keepEntered({ objects }: RunPorts, key: string, entering: Entering): Promise<Entered> {
  return { keys: entering.keys, object: await objects.put(key, entering.bytes()) };
}
