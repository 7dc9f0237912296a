import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Permit } from '../front/permission.ts';
import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import type { JsonCall } from '../front/server.ts';
import type { ObjectStore } from '../s3/store.ts';
import { objectsUnder, takenTo, unload } from './parquet-files.ts';
import { unloadOf, type ProjectedTable, type Unload, Unsupported } from './statement.ts';

export interface AthenaOptions {
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly store: ObjectStore;
}

interface Execution {
  readonly workGroup: string;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
}

/**
 * Queries over Parquet files of the object store, run by DuckDB where its dialect and Trino's meet. Queries are remembered
 * as long as this process lives.
 */
export class Athena {
  readonly #options: AthenaOptions;
  readonly #workGroups = new Set<string>();
  readonly #tables: ProjectedTable[] = [];
  readonly #executions = new Map<string, Execution>();
  readonly #byToken = new Map<string, { readonly id: string; readonly asked: string }>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: AthenaOptions) {
    this.#options = options;
    rmSync(options.directory, { recursive: true, force: true });
    mkdirSync(options.directory, { recursive: true });
  }

  createWorkGroup(name: string): void {
    this.#workGroups.add(name);
  }

  defineTable(table: ProjectedTable): void {
    this.#tables.push(table);
  }

  /** Performs one authenticated call. */
  async answer({ operation, input, permit }: JsonCall): Promise<object> {
    if (operation === 'StartQueryExecution') return this.#start(input, permit);
    if (operation === 'GetQueryExecution') return this.#read(String(input['QueryExecutionId']), permit);
    throw notImplemented(`athena:${operation}`);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  #arnOf(workGroup: string): string {
    const { region, account } = this.#options;
    return `arn:aws:athena:${region}:${account}:workgroup/${workGroup}`;
  }

  #start(input: JsonCall['input'], permit: Permit): object {
    const {
      ClientRequestToken,
      QueryString,
      WorkGroup,
      ExecutionParameters = [],
      QueryExecutionContext,
      ...more
    } = input;
    if (Object.keys(more).length > 0) throw notImplemented(`StartQueryExecution with ${Object.keys(more).join(', ')}`);
    const [workGroup, token] = [String(WorkGroup), String(ClientRequestToken)];
    permit('athena:StartQueryExecution', this.#arnOf(workGroup));
    if (!this.#workGroups.has(workGroup)) throw invalid(`WorkGroup ${workGroup} is not found.`);
    if (token.length < 32 || token.length > 128) throw invalid('clientRequestToken has 32 to 128 characters');
    const asked = JSON.stringify([QueryString, ExecutionParameters, QueryExecutionContext, workGroup]);
    const known = this.#byToken.get(token);
    if (known && known.asked !== asked) throw invalid('Idempotent parameters do not match');
    if (known) return { QueryExecutionId: known.id };
    const statement = this.#statementOf(String(QueryString), ExecutionParameters as string[]);
    this.#mayRun(statement, permit);
    const id = randomUUID();
    const execution: Execution = { workGroup, state: 'RUNNING' };
    this.#executions.set(id, execution);
    this.#byToken.set(token, { id, asked });
    const running = this.#run(id, statement).then(
      () => void (execution.state = 'SUCCEEDED'),
      () => void (execution.state = 'FAILED'),
    );
    this.#underWay.add(running);
    void running.finally(() => this.#underWay.delete(running));
    return { QueryExecutionId: id };
  }

  #statementOf(text: string, parameters: readonly string[]): Unload {
    try {
      return unloadOf(text, parameters, this.#tables);
    } catch (error) {
      if (error instanceof Unsupported) throw invalid(error.message);
      throw error;
    }
  }

  /** Athena reads and writes in the name of whoever asks. */
  #mayRun({ reads, to }: Unload, permit: Permit): void {
    const { region, account } = this.#options;
    const glue = (resource: string) => `arn:aws:glue:${region}:${account}:${resource}`;
    for (const { name } of this.#tables.filter((table) => reads.some((read) => read.startsWith(rootOf(table))))) {
      const [database = '', table = ''] = name.replaceAll('"', '').split('.');
      for (const resource of ['catalog', `database/${database}`, `table/${database}/${table}`])
        permit('glue:GetTable', glue(resource));
    }
    for (const location of [...reads, to]) {
      const { bucket } = placeOf(location);
      permit('s3:ListBucket', `arn:aws:s3:::${bucket}`);
      permit('s3:GetBucketLocation', `arn:aws:s3:::${bucket}`);
    }
    for (const location of reads) permit('s3:GetObject', objectIn(location));
    permit('s3:PutObject', objectIn(to));
  }

  async #run(id: string, statement: Unload): Promise<void> {
    const { directory, store } = this.#options;
    const folder = join(directory, id);
    mkdirSync(folder);
    try {
      const to = placeOf(statement.to);
      if (objectsUnder(store, to).length > 0) throw new Error('the location is not empty');
      const files = new Map<string, readonly string[]>();
      for (const read of statement.reads) files.set(read, await takenTo(folder, store, placeOf(read)));
      await unload(
        folder,
        statement.sql((location) => files.get(location) ?? []),
        store,
        to,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #read(id: string, permit: Permit): object {
    const execution = this.#executions.get(id);
    if (!execution) throw invalid(`QueryExecution ${id} was not found`);
    permit('athena:GetQueryExecution', this.#arnOf(execution.workGroup));
    return {
      QueryExecution: { QueryExecutionId: id, WorkGroup: execution.workGroup, Status: { State: execution.state } },
    };
  }
}

const invalid = (message: string): AwsRefusal => new AwsRefusal(400, 'InvalidRequestException', message);

const rootOf = ({ template }: ProjectedTable): string => template.slice(0, template.indexOf('${'));

const objectIn = (location: string): string => `arn:aws:s3:::${location.slice('s3://'.length)}object`;

/** `s3://bucket/prefix/`. */
function placeOf(location: string): { readonly bucket: string; readonly prefix: string } {
  const [bucket = '', ...prefix] = location.slice('s3://'.length).split('/');
  return { bucket, prefix: prefix.join('/') };
}
