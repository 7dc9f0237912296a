import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { StoredKind } from '../../../../schemas/stored/kinds.ts';
import { agreements } from './agreements.ts';
import { catalog } from './catalog.ts';
import { comparisons } from './comparisons.ts';
import { deliveries } from './deliveries.ts';
import { needs } from './demands.ts';
import { intake } from './intake.ts';
import { lookups } from './lookups.ts';
import type { Played } from './played.ts';
import { reconciliations } from './reconciliations.ts';
import { rest } from './reports.ts';
import { represented } from './represented.ts';
import { watches } from './watches.ts';

/** By kind: a kind without a row does not compile. */
export function playedOn(table: Table): Readonly<Record<StoredKind, readonly Played[]>> {
  const groups = [
    agreements(table),
    needs(table),
    deliveries(table),
    lookups(table),
    comparisons(table),
    watches(table),
    reconciliations(table),
  ] as const;
  return {
    ...catalog(table),
    ...intake(table),
    ...represented(table),
    ...groups[0],
    ...groups[1],
    ...groups[2],
    ...groups[3],
    ...groups[4],
    ...groups[5],
    ...groups[6],
    ...rest(table),
    pointer: groups.flatMap(({ pointer }): readonly Played[] => pointer),
  };
}
