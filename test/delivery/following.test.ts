import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Copy } from '../../clients/node/copy.ts';
import { Follower, type DeliverySource } from '../../clients/node/follow.ts';
import { rowsOf } from '../../clients/node/rows.ts';
import { writeExtracts, extractSpec } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import { anId, department, terms as termsOf } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { datasetKey, memoryDeliveries } from '../support/memory/deliveries.ts';
import { aHub, filedAt, type TestHub } from './hub.ts';

const schema = TableSchema.parse({
  primaryKey: ['part', 'id'],
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'part', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'grade', type: 'number' },
    { name: 'secret', type: 'string' },
  ],
});
const columns = schema.fields.map(({ name }) => name);
/** Checked against this, a dataset does not mean what was agreed. */
const incompatible = TableSchema.parse({
  ...schema,
  fields: schema.fields.map((field) => (field.name === 'name' ? { ...field, type: 'integer' } : field)),
});
const base = {
  fields: ['name', 'id', 'part'],
  filter: [{ field: 'grade', op: 'min', value: 3 }],
  content: 'changes',
  purpose: 'to follow',
} as const;

/** Rows by key; the same id may be written in two ways, and a name may need quotes. */
const row = fc.record({
  id: fc.constantFrom('1', '2', '3', '03', '4', '04'),
  part: fc.constantFrom('a', 'b'),
  name: fc.constantFrom('Wang', '"Li, ""Sons"""', '京', '"two\nlines"', ''),
  grade: fc.constantFrom('1', '3', '3.0', '4', '5', ''),
  secret: fc.constantFrom('x', 'y'),
});
const oneIn = (count: number) => fc.integer({ min: 1, max: count }).map((draw) => draw === count);
type Edit = { readonly row: typeof row extends fc.Arbitrary<infer T> ? T : never; readonly gone: boolean };

/** What happens to hub and provider: in each step at most one thing. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      edits: fc.array(fc.record({ row, gone: oneIn(4) }), { minLength: 1, maxLength: 5, size: 'max' }),
      fits: oneIn(8).map((misfit) => !misfit),
      told: oneIn(4).map((lost) => !lost),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver' as const), twice: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('killed' as const),
      write: fc.integer({ min: 1, max: 9 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 2000 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A provider's table and the hub, driven by steps. */
function aCity(terms: object) {
  const hub = aHub();
  hub.store.schemas.set(datasetKey('legal-entities', 1), schema);
  hub.store.schemas.set(datasetKey('legal-entities', 2), incompatible);
  const table = new Map<string, Edit['row']>();
  const later = (minutes: number) =>
    hub.clock.set(new Date(Date.parse(hub.clock.now()) + minutes * 60_000).toISOString());
  let version = 0;

  const text = () => {
    const lines = [...table.values()].map((cells) => columns.map((name) => cells[name as keyof Edit['row']]).join(','));
    return `${[columns.join(','), ...lines].join('\n')}\n`;
  };
  const act = {
    async commit({ edits, fits, told }: Extract<Step, { kind: 'commit' }>) {
      for (const { row: cells, gone } of edits) {
        const key = `${cells.part} ${Number(cells.id)}`;
        if (gone) table.delete(key);
        else table.set(key, cells);
      }
      later(1);
      const event = hub.commit(++version, { text: text(), columns, resourceVersion: fits ? 1 : 2 });
      if (told) await hub.dispatch(event);
    },
    async deliver({ twice }: { readonly twice: boolean }) {
      if (twice) hub.queue.messages.push(...structuredClone(hub.queue.messages));
      await hub.deliver();
    },
    async killed({ write, when }: Extract<Step, { kind: 'killed' }>) {
      hub.life.killAt(write, when);
      await Promise.allSettled([hub.sweep(), hub.deliver(), hub.release()]);
      hub.life.revive();
    },
    async time({ minutes }: { readonly minutes: number }) {
      later(minutes);
      await hub.release();
      await hub.sweep();
    },
  };
  return {
    hub,
    async file() {
      later(1);
      await hub.dispatch(hub.agree(filedAt(hub.clock.now(), { terms })));
    },
    run: (one: Step) => act[one.kind](one as never),
    /** Everything that is owed goes out, the newest dataset too. */
    async settle() {
      await act.commit({ kind: 'commit', edits: [], fits: true, told: true });
      for (const _day of [1, 2, 3]) await act.time({ minutes: 24 * 60 });
      await hub.settle();
    },
  };
}

function sourceOf({ store, objects }: TestHub): DeliverySource {
  const deliveries = memoryDeliveries(store);
  return {
    async content(deliveryId) {
      const { extractId } = store.deliveries.get(deliveryId)!;
      const { sha256, object } = store.extracts.get(extractId)!;
      return { sha256, bytes: once(objects.stored.get(object.key)!) };
    },
    receipt: async () => {},
    history: (after) =>
      deliveries.history(department('tax'), {
        role: 'consumer',
        limit: 3,
        agreementId: anId(1),
        ...(after !== undefined && { cursor: after }),
      }),
  };
}

function* ones(): Generator<number> {
  for (;;) yield 1;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What the newest dataset grants, straight from the engine. */
async function granted({ store, objects }: TestHub, terms: ReturnType<typeof termsOf>): Promise<string[]> {
  const newest = [...store.datasets.values()].at(-1)!.value;
  const chunks: Buffer[] = [];
  const sink = { write: (chunk: Uint8Array) => void chunks.push(Buffer.from(chunk)) };
  await writeExtracts(once(objects.stored.get(newest.objects[0]!.key)!), { schema, columns }, [
    { spec: extractSpec(terms), sink },
  ]);
  const rows: string[] = [];
  for await (const cells of rowsOf(once(Buffer.concat(chunks)), terms.fields, terms.format as 'csv' | 'ndjson')) {
    rows.push(JSON.stringify(cells));
  }
  return rows.toSorted();
}

/** What a mailbox makes of the notices so far: each lost, late, twice or in another order, as drawn. */
function mailboxed(notices: readonly DeliveryNotice[], draw: () => number): DeliveryNotice[] {
  const arrived = notices.flatMap((notice) => [[], [notice], [notice], [notice, notice]][draw() % 4]!);
  return arrived
    .map((notice) => [draw(), notice] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, notice]) => notice);
}

const ids = Array.from({ length: 12 }, (_, index) => String(index + 10));
const changed = (name: string, gone: boolean): Step[] => [
  {
    kind: 'commit',
    edits: ids.map((id) => ({ row: { id, part: 'a', name, grade: '5', secret: 'x' }, gone }) as Edit),
    fits: true,
    told: true,
  },
  { kind: 'time', minutes: 24 * 60 },
  { kind: 'deliver', twice: false },
];
/** A dozen rows that come, change and go, each time in a delivery of their own: chance need not make them. */
const comeAndGo: Step[] = [
  ...changed('', true),
  ...changed('Wang', false),
  ...changed('京', false),
  ...changed('京', true),
];

test.each(['on-arrival', 'hourly', 'daily'] as const)(
  'a copy that follows is in the end what the newest dataset grants, whatever happens on the way: %s',
  async (frequency) => {
    const made = { inserted: 0, updated: 0, deleted: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 8, maxLength: 20, size: 'max' }),
        fc.constantFrom('csv' as const, 'ndjson' as const),
        fc.constantFrom('2026-01-01', '2026-12-02'),
        fc.nat(7),
        fc.nat(20),
        fc.infiniteStream(fc.nat()),
        async (steps, format, validFrom, filing, joins, draws) => {
          const terms = termsOf({ ...base, frequency, format, validFrom } as never);
          const city = aCity({ ...base, frequency, format, validFrom });
          const { hub } = city;
          const draw = () => draws.next().value as number;
          const follower = new Follower(new Copy({ fields: base.fields, key: ['part', 'id'], format }), sourceOf(hub));
          let seen = 0;
          for (const [index, one] of steps.entries()) {
            if (index === filing) await city.file();
            await city.run(one);
            if (index < joins || draw() % 3 > 0) continue;
            for (const notice of mailboxed(hub.mailboxes.notices.slice(seen), draw)) await follower.take(notice);
            seen = hub.mailboxes.notices.length;
            if (draw() % 5 === 0) await follower.heal();
          }
          await city.settle();
          for (const notice of mailboxed(hub.mailboxes.notices, draw)) await follower.take(notice);
          expect(await follower.heal()).toBe(true);
          expect([...follower.copy.rows].map((cells) => JSON.stringify(cells)).toSorted()).toEqual(
            await granted(hub, terms),
          );
          expect(follower.copy.standing?.datasetVersion).toBe(
            [...hub.store.datasets.values()].at(-1)!.value.datasetVersion,
          );
          expect(hub.store.attempts.size).toBe(0);
          for (const { changes } of hub.mailboxes.notices) {
            made.inserted += changes?.inserted ?? 0;
            made.updated += changes?.updated ?? 0;
            made.deleted += changes?.deleted ?? 0;
          }
        },
      ),
      {
        numRuns: searched(15, 140),
        examples: [[comeAndGo, 'csv', '2026-01-01', 0, 0, fc.stream(ones())]],
      },
    );
    // Otherwise nothing was shown.
    for (const edits of Object.values(made)) expect(edits).toBeGreaterThan(10);
  },
);
