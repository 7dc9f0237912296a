import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import createTable from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { DynaliteError, Store } from 'dynalite/db/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';

import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import { rememberConditions } from './conditions.ts';
import { countBytes } from './item-size.ts';

countBytes();
rememberConditions();

/** dynalite's own operations: rules that check and parse an input, and the action on a store. */
const OPERATIONS = {
  BatchGetItem: { rules: batchGetItemRules, act: batchGetItem },
  BatchWriteItem: { rules: batchWriteItemRules, act: batchWriteItem },
  CreateTable: { rules: createTableRules, act: createTable },
  DeleteItem: { rules: deleteItemRules, act: deleteItem },
  DescribeTable: { rules: describeTableRules, act: describeTable },
  GetItem: { rules: getItemRules, act: getItem },
  PutItem: { rules: putItemRules, act: putItem },
  Query: { rules: queryRules, act: query },
  Scan: { rules: scanRules, act: scan },
  UpdateItem: { rules: updateItemRules, act: updateItem },
} as const;

export type Operation = keyof typeof OPERATIONS;
export type Input = Readonly<Record<string, unknown>>;
export type Output = Readonly<Record<string, unknown>>;

/** An input that was found valid, with its expressions parsed. */
export interface Prepared {
  readonly operation: Operation;
  readonly data: Record<string, unknown>;
}

/** Done around dynalite. */
const BEYOND_DYNALITE = new Set(['ReturnValuesOnConditionCheckFailure']);

/** @throws AwsRefusal ValidationException and the like; NotImplemented for a parameter that dynalite would ignore. */
export function prepare(operation: Operation, input: Input, store: Store): Prepared {
  const { rules } = OPERATIONS[operation];
  const unknown = Object.keys(input).find((name) => !(name in rules.types) && !BEYOND_DYNALITE.has(name));
  if (unknown !== undefined) throw notImplemented(`The parameter ${unknown} of ${operation}`);
  try {
    const data = validations.checkTypes({ ...input }, rules.types);
    validations.checkValidations(data, rules.types, rules.custom, store);
    return { operation, data };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Runs what was prepared on a store, which may be an overlay. */
export function perform({ operation, data }: Prepared, store: Store): Promise<Output> {
  return new Promise((resolve, reject) => {
    OPERATIONS[operation].act(store, data, (error, output) => {
      if (error) reject(refusalOf(error));
      else resolve(output ?? {});
    });
  });
}

/** dynalite's errors as refusals; anything else stays the fault that it is. */
export function refusalOf(error: unknown): unknown {
  if (!isDynaliteError(error)) return error;
  const { __type: type, message, Message } = error.body;
  return new AwsRefusal(error.statusCode, type.slice(type.indexOf('#') + 1), message ?? Message ?? '');
}

const isDynaliteError = (error: unknown): error is DynaliteError =>
  error instanceof Error && 'statusCode' in error && 'body' in error;
