import type { EditFormat } from '../../functions/records/formats/natures.ts';
import { stepFor, type Followed, type Standing } from '../protocol/following.ts';
import { rowsOf, type Row } from './rows.ts';

/** What the agreement and the resource say of the rows. */
export interface CopyShape {
  /** As the terms list them. */
  readonly fields: readonly string[];
  /** The primary key, all of whose fields are delivered. */
  readonly key: readonly string[];
  readonly format: EditFormat;
}

const OPERATION = '_op';

/** A consumer's copy under one agreement, in memory: what a table with this primary key is elsewhere. */
export class Copy {
  #standing: Standing | undefined;
  #rows = new Map<string, Row>();
  readonly #shapeOf: (termsVersion: number) => CopyShape;

  /** @param shape of all deliveries, or by the version of their terms where an amendment may change it */
  constructor(shape: CopyShape | ((termsVersion: number) => CopyShape)) {
    if (typeof shape !== 'function') keyReader(shape);
    this.#shapeOf = typeof shape === 'function' ? shape : () => shape;
  }

  /** Undefined before the first delivery. */
  get standing(): Standing | undefined {
    return this.#standing;
  }

  /** In no order that means anything. */
  get rows(): Iterable<Row> {
    return this.#rows.values();
  }

  get size(): number {
    return this.#rows.size;
  }

  /**
   * Applies a delivery whose turn it is, wholly or, where its content cannot be read, not at all.
   *
   * @throws where it is not its turn (`stepFor`)
   */
  async apply(delivery: Followed, content: AsyncIterable<Uint8Array>): Promise<void> {
    if (stepFor(this.#standing, delivery) !== 'apply')
      throw new Error(`delivery ${delivery.deliveryId} is not to be applied to this copy`);
    const { termsVersion, datasetVersion } = delivery;
    const shape = this.#shapeOf(termsVersion);
    if (delivery.content === 'snapshot') this.#rows = await snapshotIn(content, shape);
    else for (const [key, row] of await editsIn(content, shape)) this.#edit(key, row);
    this.#standing = { termsVersion, datasetVersion };
  }

  #edit(key: string, row: Row | undefined): void {
    if (row) this.#rows.set(key, row);
    else this.#rows.delete(key);
  }
}

/** The row that now has this key; undefined: none has. */
type Edit = readonly [key: string, row: Row | undefined];

async function snapshotIn(content: AsyncIterable<Uint8Array>, shape: CopyShape): Promise<Map<string, Row>> {
  const keyOf = keyReader(shape);
  const rows = new Map<string, Row>();
  for await (const row of rowsOf(content, shape.fields, shape.format)) rows.set(keyOf(row), row);
  return rows;
}

/** All of them are read before the first is made. */
async function editsIn(content: AsyncIterable<Uint8Array>, shape: CopyShape): Promise<readonly Edit[]> {
  const keyOf = keyReader(shape);
  const edits: Edit[] = [];
  for await (const [operation, ...row] of rowsOf(content, [OPERATION, ...shape.fields], shape.format)) {
    if (operation !== 'upsert' && operation !== 'delete')
      throw new Error(`an edit must be an upsert or a delete, and ${JSON.stringify(operation)} is none`);
    edits.push([keyOf(row), operation === 'upsert' ? row : undefined]);
  }
  return edits;
}

/** By the texts that are delivered: a key that is written in another way is deleted, and comes as a new one. */
function keyReader({ fields, key }: CopyShape): (cells: Row) => string {
  const places = key.map((name) => fields.indexOf(name));
  if (places.length === 0 || places.includes(-1)) throw new Error('without the whole key nothing tells rows apart');
  return (cells) => JSON.stringify(places.map((place) => cells[place]));
}
