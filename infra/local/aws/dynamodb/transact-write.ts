import { createHash } from 'node:crypto';

import engine, { type Store } from 'dynalite/db/index.js';

import type { Item } from '../contracts.ts';
import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import { perform, prepare, refusalOf, type Input, type Output, type Prepared } from './engine.ts';
import type { Overlay } from './overlay.ts';
import type { Tables } from './tables.ts';

/** DynamoDB Developer Guide, "Quotas": actions and aggregate size of one transaction. */
const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

const ACTIONS = {
  Put: { operation: 'PutItem', permission: 'dynamodb:PutItem' },
  Update: { operation: 'UpdateItem', permission: 'dynamodb:UpdateItem' },
  Delete: { operation: 'DeleteItem', permission: 'dynamodb:DeleteItem' },
  // Parsed as a deletion, which takes the same parameters, and never performed as one.
  ConditionCheck: { operation: 'DeleteItem', permission: 'dynamodb:ConditionCheckItem' },
} as const;

type ActionKind = keyof typeof ACTIONS;

export interface Action {
  readonly kind: ActionKind;
  readonly permission: string;
  readonly table: string;
  readonly input: Input;
}

interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: Item;
}

const NONE: Reason = { Code: 'None' };

/** The transaction's actions, before anything is known of their tables. @throws AwsRefusal ValidationException */
export function actionsOf({ TransactItems: items, ...rest }: Input): Action[] {
  const unknown = Object.keys(rest).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw notImplemented(`The parameter ${unknown} of TransactWriteItems`);
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ACTIONS) {
    throw invalid(
      "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: " +
        `Member must have length between 1 and ${MAX_ACTIONS}`,
    );
  }
  return items.map(actionOf);
}

const KNOWN = new Set(['ClientRequestToken', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);

function actionOf(item: unknown): Action {
  const entries = Object.entries((item ?? {}) as Record<string, Input>);
  const [kind, input] = entries[0] ?? [];
  if (entries.length !== 1 || !isKind(kind) || typeof input !== 'object') {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  return { kind, permission: ACTIONS[kind].permission, table: String(input['TableName']), input };
}

/** All of the actions or none, on the state before the transaction. */
export async function transactWrite(actions: readonly Action[], overlay: Overlay, tables: Tables): Promise<Output> {
  const prepared = actions.map((action) => prepareAction(action, overlay.store));
  refuseRepeats(actions, prepared, tables);
  const reasons: Reason[] = [];
  for (const [index, action] of actions.entries()) {
    reasons.push(await reasonAgainst(action, prepared[index]!, overlay));
  }
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  const bytes = overlay.changes().reduce((sum, change) => sum + sizeOf(change.new), 0);
  if (bytes > MAX_BYTES) throw invalid('Aggregate size of items in the transaction exceeds 4 MB');
  return {};
}

function prepareAction({ kind, input }: Action, store: Store): Prepared {
  if (kind === 'ConditionCheck' && input['ConditionExpression'] === undefined) {
    throw invalid('The expression can not be empty: a ConditionCheck needs a ConditionExpression');
  }
  if (kind === 'Update' && input['UpdateExpression'] === undefined) {
    throw invalid('An Update of a transaction needs an UpdateExpression');
  }
  return prepare(ACTIONS[kind].operation, input, store);
}

/** Why the action cannot be done, if so; what it writes is in the overlay otherwise. */
async function reasonAgainst(action: Action, prepared: Prepared, overlay: Overlay): Promise<Reason> {
  try {
    await (action.kind === 'ConditionCheck' ? check(prepared, overlay.store) : perform(prepared, overlay.store));
    return NONE;
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    if (error.code === 'ConditionalCheckFailedException') {
      const wanted = action.input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
      const item = wanted && overlay.lastRead ? { Item: overlay.lastRead } : {};
      return { Code: 'ConditionalCheckFailed', Message: error.message, ...item };
    }
    if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}

async function check({ data }: Prepared, store: Store): Promise<void> {
  const { TableName: table, Key: key } = data as { TableName: string; Key: Record<string, Record<string, unknown>> };
  const description = await new Promise<Parameters<typeof engine.createKey>[1]>((resolve, reject) => {
    store.getTable(table, (error, found) => (found ? resolve(found) : reject(refusalOf(error))));
  });
  const wrongKey = engine.validateKey(key, description);
  if (wrongKey) throw refusalOf(wrongKey);
  const item = await new Promise<Record<string, Record<string, unknown>> | undefined>((resolve, reject) => {
    store
      .getItemDb(table)
      .get(engine.createKey(key, description), (error, found) =>
        error && !isNotFound(error) ? reject(error) : resolve(found),
      );
  });
  const failed = engine.checkConditional(data, item);
  if (failed) throw refusalOf(failed);
}

function refuseRepeats(actions: readonly Action[], prepared: readonly Prepared[], tables: Tables): void {
  const seen = new Set<string>();
  for (const [index, { kind, table }] of actions.entries()) {
    const data = prepared[index]?.data;
    const item = (kind === 'Put' ? data?.['Item'] : data?.['Key']) as Item | undefined;
    const key = tables.find(table)?.keyNames.map((name) => item?.[name]);
    const id = JSON.stringify([table, key]);
    if (seen.has(id)) throw invalid('Transaction request cannot include multiple operations on one item');
    seen.add(id);
  }
}

function cancelled(reasons: readonly Reason[]): AwsRefusal {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsRefusal(400, 'TransactionCanceledException', message, { CancellationReasons: reasons });
}

/** Identifies a request for its ClientRequestToken. */
export const fingerprint = (input: Input): string =>
  createHash('sha256').update(JSON.stringify(input['TransactItems'])).digest('hex');

const sizeOf = (item: Item | undefined): number => (item ? engine.itemSize(item) : 0);
const isKind = (kind: string | undefined): kind is ActionKind => kind !== undefined && kind in ACTIONS;
const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'NotFoundError';
const invalid = (message: string): AwsRefusal => new AwsRefusal(400, 'ValidationException', message);
