import { type Offset, offsetOf } from './place.ts';
import { RefusedStatement } from './refused.ts';
import type { Query } from './syntax.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a node of the tree cannot help having. */
const SAID_BY_ALL = ['class', 'type', 'query_location', 'alias'];

/**
 * A node of DuckDB's own tree (`json_serialize_sql`), of which nothing is overlooked: who reads it takes the members that
 * it knows, and what is left over at the end is refused. So SQL that this reader does not know, also of a later DuckDB,
 * is never passed by.
 */
export class TreeNode {
  private readonly members: Members;
  private readonly taken = new Set(SAID_BY_ALL);
  readonly reading: Reading;

  constructor(value: unknown, reading: Reading) {
    if (!isObject(value)) throw new RefusedStatement('statement-form', 'a part of it is not understood', undefined);
    this.members = value;
    this.reading = reading;
    reading.count();
  }

  /** Of tables, joins, operators. */
  get type(): string {
    return this.text('type') ?? '';
  }

  /** Of expressions. */
  get class(): string {
    return this.text('class') ?? '';
  }

  get alias(): string | undefined {
    return this.text('alias');
  }

  get place(): Offset | undefined {
    return offsetOf(this.members['query_location']);
  }

  /** Its place; where DuckDB keeps none, as of a whole SELECT, that of the first of its parts that has one. */
  get somewhere(): Offset | undefined {
    return this.place ?? firstPlace(this.members);
  }

  refuse(rule: RefusedStatement['rule'], reason: string): never {
    throw new RefusedStatement(rule, reason, this.somewhere);
  }

  private take(name: string): unknown {
    this.taken.add(name);
    const value = this.members[name];
    return isEmpty(value) ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.take(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** Whether a member is stated, and what it is. */
  value(name: string): unknown {
    return this.take(name);
  }

  is(name: string): boolean {
    return this.take(name) === true;
  }

  list(name: string): readonly unknown[] {
    const value = this.take(name);
    return Array.isArray(value) ? value : [];
  }

  texts(name: string): readonly string[] {
    return this.list(name).map(String);
  }

  node(name: string): TreeNode | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : new TreeNode(value, this.reading);
  }

  nodes(name: string): TreeNode[] {
    return this.children(this.list(name));
  }

  /** The nodes of a list within a list. */
  children(list: unknown): TreeNode[] {
    return Array.isArray(list) ? list.map((value) => new TreeNode(value, this.reading)) : [];
  }

  /** Every member that says something has been read. */
  end(what: string): void {
    for (const [name, value] of Object.entries(this.members))
      if (!this.taken.has(name) && !isEmpty(value))
        this.refuse('statement-form', `${what} has no ${name.replaceAll('_', ' ')} here: leave it out`);
  }
}

/** Nodes of a statement: its tree is walked once here and several times later. */
const MAX_NODES = 5_000;
const MAX_DEPTH = 100;

/** What is known while a tree is read: how large it is. */
export class Reading {
  /** Reads a SELECT, which may stand within expressions and tables. */
  readonly query: (node: TreeNode) => Query;
  /** Whether what it gives can hang on the order in which records are read (`Statement`). */
  inOneThread = false;
  private nodes = 0;
  private depth = 0;

  constructor(query: (node: TreeNode) => Query) {
    this.query = query;
  }

  count(): void {
    this.nodes += 1;
    if (this.nodes > MAX_NODES)
      throw new RefusedStatement('statement-size', `it has more than ${MAX_NODES} parts: make it shorter`, undefined);
  }

  within<T>(node: TreeNode, read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      node.refuse('statement-size', `it is nested more than ${MAX_DEPTH} deep: name a part in a WITH`);
    const value = read();
    this.depth -= 1;
    return value;
  }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstPlace(members: Members): Offset | undefined {
  let first: Offset | undefined;
  const left: unknown[] = [members];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const place = isObject(next) ? offsetOf(next['query_location']) : undefined;
    if (place !== undefined && (first === undefined || place < first)) first = place;
    for (const part of Object.values(next)) if (part !== null) left.push(part);
  }
  return first;
}

/** Nothing said. A `false` that is there says something: what is as it is by default is left out. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
