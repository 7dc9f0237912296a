import * as z from 'zod';
import { ExtractId } from '../../../../schemas/contracts/ids.ts';
import { AttemptItem } from '../../../../schemas/stored/delivery.ts';
import type { ExtractAttempt, ExtractMark } from '../../../delivery/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { due } from '../table/walk.ts';
import { putNew, type Write } from '../table/write.ts';

const Extract = z.object({ extractId: ExtractId });

/** The last part of the object's key is the attempt's own. */
export const attemptKey = ({ extractId, key }: ExtractAttempt): Key =>
  keyOf.extractAttempt(extractId, key.slice(key.lastIndexOf('/') + 1));

export const keyOfMark = (mark: ExtractMark): Key =>
  mark.kind === 'extract' ? keyOf.extract(mark.extractId) : attemptKey(mark.attempt);

export const writeAttempt = (table: Table, { extractId, key }: ExtractAttempt, lookAgainAt: string): Write =>
  putNew(
    table,
    toItem(
      'extract-attempt',
      attemptKey({ extractId, key }),
      { extractId, key },
      {
        due: { partition: 'EXTRACT', at: lookAgainAt },
      },
    ),
  );

export const endAttempt = (table: Table, attempt: ExtractAttempt, when?: string): Write => ({
  Delete: { TableName: table.name, Key: attemptKey(attempt), ...(when !== undefined && { ConditionExpression: when }) },
});

export async function* dueExtracts(table: Table, until: string): AsyncGenerator<ExtractMark> {
  for await (const item of due(table, 'EXTRACT', until)) yield markOf(item);
}

const markOf = (item: Item): ExtractMark =>
  item['kind'] === 'extract'
    ? { kind: 'extract', ...fromItem(Extract, item) }
    : { kind: 'attempt', attempt: fromItem(AttemptItem, item) };
