import type { Derivations } from '../catalog/ports.ts';
import type { Hub } from '../kernel/ports.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { judgeDerivation } from '../reading/derivation/judge.ts';
import { readInputs, restOn, sourcesOf } from './dynamodb/derive/lineage.ts';
import type { Table } from './dynamodb/table/reads.ts';

/** DuckDB is loaded with the first definition that has a derivation. */
export const derivationJudge = (table: Table, { clock, timeZone }: Pick<Hub, 'clock' | 'timeZone'>): Derivations => ({
  async judge(resourceId, definition) {
    const today = dayIn(timeZone, clock.now());
    const read = Object.values(definition.derivation.inputs).map((input) => input.resourceId);
    if (await restOn(table, read, resourceId)) return refuse('invalid-derivation', { violations: [itself] });
    const found = await readInputs(table, { provider: definition.provider, definition }, today);
    const sources = await sourcesOf(table, found, definition.provider, today);
    if (sources.size > MOST_SOURCES) return refuse('invalid-derivation', { violations: [tooMany(sources.size)] });
    const { withParser } = await import('./duckdb/parser.ts');
    const judged = await withParser((parse) => judgeDerivation(definition, found, { today, parse, lost: false }));
    return judged.ok ? done(judged.value.lineage) : judged;
  },
});

/**
 * They are conditions of each transaction that commits its datasets or hands something out of them. It has a hundred writes; one of
 * twenty lookups, whose quota is counted in sixteen parts, needs 44 for itself.
 */
const MOST_SOURCES = 50;

const tooMany = (sources: number) => ({
  path: '/derivation/inputs',
  rule: 'too-many-sources',
  message: `it would rest on ${sources} agreements, also by way of what you derived before; at most ${MOST_SOURCES} are taken: leave some out`,
});

const itself = {
  path: '/derivation/inputs',
  rule: 'derived-of-itself',
  message: 'some input is derived of this resource: leave it out',
};
