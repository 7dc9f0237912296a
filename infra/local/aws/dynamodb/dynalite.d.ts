// dynalite has no types; these are of the parts of its engine that are used here (4.0.0).

declare module 'dynalite/db/index.js' {
  type Callback<T> = (error: unknown, value?: T) => void;
  export type Attributes = Record<string, Record<string, unknown>>;

  export interface TableDescription {
    TableName: string;
    TableStatus: string;
    KeySchema: { AttributeName: string; KeyType: string }[];
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    GlobalSecondaryIndexes?: {
      IndexName: string;
      IndexStatus: string;
      KeySchema: unknown[];
      Projection: unknown;
    }[];
  }

  export type BatchOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

  export interface Level {
    open(): Promise<void>;
    get(key: string, callback?: Callback<unknown>): Promise<unknown> | undefined;
    getSync(key: string): unknown;
    put(key: string, value: unknown): Promise<void>;
    batch(operations: BatchOperation[]): Promise<void>;
    iterator(
      options: ({ gte: string } | { gt: string }) & { lt: string; limit?: number },
    ): AsyncIterable<[string, unknown]> & { all(): Promise<[string, unknown][]> };
  }

  export interface PrefixedDb {
    get(key: string, callback: Callback<Attributes>): void;
    put(key: string, value: Attributes, callback: Callback<void>): void;
    del(key: string, callback: Callback<void>): void;
    lock(key: string, callback: (release: <T>(callback: Callback<T>) => Callback<T>) => void): void;
  }

  export interface Store {
    options: object;
    db: Level;
    tableDb: { awsAccountId: string; awsRegion: string };
    lifecycleManager: { gracefulClose(): Promise<void> };
    getTable(name: string, callback: Callback<TableDescription>): void;
    getTable(name: string, checkStatus: boolean, callback: Callback<TableDescription>): void;
    getItemDb(table: string): PrefixedDb;
    getIndexDb(indexType: string, table: string, index: string): PrefixedDb;
  }

  /** What actions and validations of dynalite throw or call back with. */
  export interface DynaliteError extends Error {
    statusCode: number;
    body: { __type: string; message?: string; Message?: string };
  }

  const engine: {
    create(options: { path: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
    createKey(key: Attributes, table: TableDescription): string;
    validateKey(key: Attributes, table: TableDescription): DynaliteError | null | undefined;
    checkConditional(data: object, item: Attributes | undefined): DynaliteError | null | undefined;
    itemSize(item: Attributes, compress?: boolean, ...more: unknown[]): number;
  };
  export default engine;
}

declare module 'dynalite/db/conditionParser.js' {
  export interface ConditionContext {
    attrNames?: Record<string, string>;
    attrVals?: Record<string, object>;
    /** Of these the parser takes away what it meets. */
    unusedAttrNames: Record<string, true>;
    unusedAttrVals: Record<string, true>;
    isKeyCondition?: true;
  }

  const parser: {
    /** A message where the condition is invalid. @throws SyntaxError */
    parse(text: string, options: { context: ConditionContext }): object | string;
  };
  export default parser;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: { types: Record<string, unknown>; custom: unknown };
  export default validation;
}

declare module 'dynalite/actions/*' {
  import type { Store } from 'dynalite/db/index.js';

  const action: (
    store: Store,
    data: Record<string, unknown>,
    callback: (error: unknown, output?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
