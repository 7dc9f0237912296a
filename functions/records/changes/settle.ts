import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Base } from '../check/base.ts';
import { foundOf } from '../check/examine.ts';
import { keyFields, keyWarns } from '../check/keys.ts';
import type { Violations } from '../check/violations.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { Column } from '../types/column.ts';
import type { ChangeLog } from './change-log.ts';
import { Claims } from './claims.ts';
import { upsertColumns } from './edits.ts';
import { type Growing, whole } from './growing.ts';
import { KeptRow } from './row.ts';

export interface Settlement {
  /** Of each primary key, the edit that stands + 1; 0 where none does. */
  readonly standing: Growing<Uint32Array>;
  readonly rejected: number;
}

interface Parts {
  readonly log: ChangeLog;
  /** Of the file. */
  readonly columns: readonly string[];
  readonly schema: TableSchema;
  readonly base: Base | undefined;
  readonly violations: Violations;
}

/**
 * Which edits stand, decided in the order of the file against the dataset as the edits before have left it: a primary key
 * belongs to the first that stands, a value of another key to whoever has it then. Reads the base once if the resource
 * has other keys.
 */
export async function settle(parts: Parts): Promise<Settlement> {
  const { log, schema, columns } = parts;
  const primary = new Set(schema.primaryKey);
  const others = keyFields(schema).filter((names) => !sameNames(names, primary));
  if (others.length === 0) return goThrough(parts, undefined, others);
  const claims = new Claims(others, columns, schema);
  try {
    claimAll(log, claims, columns);
    await survey(parts, claims);
    return await goThrough(parts, claims, others);
  } finally {
    claims.close();
  }
}

const sameNames = (names: readonly string[], primary: ReadonlySet<string>): boolean =>
  names.length === primary.size && names.every((name) => primary.has(name));

function claimAll(log: ChangeLog, claims: Claims, columns: readonly string[]): void {
  const record = new KeptRow(columns.length);
  for (let edit = 0; edit < log.size; edit += 1) {
    if (log.isDelete(edit)) continue;
    const { memory, cells } = record.copy(log.at(edit).row);
    claims.claim(edit, memory.bytes, cells);
  }
}

async function survey({ base, log }: Parts, claims: Claims): Promise<void> {
  if (!base) return;
  const reader = new DatasetReader(base.input, base.columns);
  try {
    await claims.survey(reader, base.columns, log);
  } finally {
    await reader.close();
  }
}

async function goThrough(
  { log, columns, schema, violations }: Parts,
  claims: Claims | undefined,
  others: readonly (readonly string[])[],
): Promise<Settlement> {
  const standing = whole();
  const report = new Collisions(upsertColumns(columns, schema), violations);
  const primary = { names: schema.primaryKey ?? [], warns: false };
  const keys = others.map((names): CollidingKey => ({ names, warns: keyWarns(names, schema) }));
  let rejected = 0;
  for (let edit = 0; edit < log.size; edit += 1) {
    const key = log.keyOf(edit);
    const taken = new Set(claims?.taken(edit, key));
    const broken = [...(standing.at(key) === 0 ? [] : [primary]), ...keys.filter((_, k) => taken.has(k))];
    if (broken.length > 0) report.add(log, edit, broken);
    if (violations.output.full) await violations.output.flush();
    if (!broken.every(({ warns }) => warns)) {
      rejected += 1;
      continue;
    }
    standing.set(key, edit + 1);
    claims?.settle(edit, key);
  }
  return { standing, rejected };
}

interface CollidingKey {
  readonly names: readonly string[];
  readonly warns: boolean;
}

class Collisions {
  private readonly columns: readonly Column[];
  private readonly names: readonly string[];
  private readonly violations: Violations;
  private readonly record: KeptRow;

  constructor(columns: readonly Column[], violations: Violations) {
    this.columns = columns;
    this.names = columns.map(({ name }) => name);
    this.violations = violations;
    this.record = new KeptRow(columns.length);
  }

  add(log: ChangeLog, edit: number, keys: readonly CollidingKey[]): void {
    const { row, line } = log.at(edit);
    const { memory, cells } = this.record.copy(row);
    const texts = this.columns.map((_, i) => cells.text(memory.bytes, i));
    const found = keys.map(({ names, warns }) => {
      const parts = names.map((name) => this.names.indexOf(name));
      return foundOf('unique', parts, this.columns, texts, warns);
    });
    for (const one of found.toSorted((a, b) => a.column - b.column)) this.violations.add(line, one);
  }
}
