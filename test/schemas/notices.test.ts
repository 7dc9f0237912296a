import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { EventNotice, LaterNotice, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { loosened, projected } from '../../schemas/stored/loosened.ts';
import { eventWords } from '../../clients/words/events.ts';
import { anId, instant } from '../support/builders.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Each form that a notice of an event has; a type with several forms tells them apart by their events. */
const formsOf = (union: z.ZodType): Shape[] =>
  union instanceof z.ZodObject
    ? [union.shape]
    : (union as z.ZodDiscriminatedUnion).options.flatMap((option) => formsOf(option as z.ZodType));

const literalsOf = (schema: z.ZodType): string[] =>
  (schema instanceof z.ZodLiteral ? [...schema.values] : [...(schema as z.ZodEnum).options]).map(String);

const said = new Set(['type', 'event', 'noticeId', 'at', 'path']);

const forms = formsOf(EventNotice).map((shape) => ({
  types: literalsOf(shape['type']!),
  events: literalsOf(shape['event']!),
  members: Object.entries(shape)
    .filter(([name]) => !said.has(name))
    .map(([name, schema]) => (schema instanceof z.ZodOptional ? `${name}?` : name)),
}));

const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** The table of the protocol's section on these notices. */
const listed = readFileSync('schemas/PROTOCOL.md', 'utf8')
  .split('## Other notices')[1]!
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').slice(1, 4).map(codesIn))
  .map(([types, events, members]) => ({ types, events, members }));

test('the protocol lists every notice of an event: its type, its events, and what it has', () => {
  expect(listed).toEqual(forms);
});

describe('words of notices', () => {
  const events = forms.flatMap(({ types, events }) => events.map((event) => [types[0]!, event] as const));
  test('are there for every type that a client can meet', () => {
    expect(LaterNotice.shape.type.options.toSorted()).toEqual([...new Set(events.map(([type]) => type))].toSorted());
  });
  test.each(events)('are there in both languages: %s %s', (type, event) => {
    const { en, zh } = eventWords({ type, event } as EventNotice);
    expect(en).not.toMatch(/\p{Script=Han}|^news/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(zh).not.toContain('新情况');
  });
  test('of an event that came with a later hub are general, and name it', () => {
    const later = { type: 'duty', event: 'forgiven' } as unknown as LaterNotice;
    expect(eventWords(later)).toEqual({ en: 'news of a duty (forgiven)', zh: '待办事项有新情况（forgiven）' });
    expect(eventWords({ ...later, event: 'constructor' }).en).toBe('news of a duty (constructor)');
  });
});

test('a notice on its way keeps what a later hub has added to it', () => {
  const notice = {
    type: 'resource',
    event: 'deprecated',
    noticeId: anId(1),
    at: instant,
    resourceId: 'streets',
    path: '/v1/resources/streets',
    mood: 'good',
  };
  const stored = { to: 'tax', notice, since: { version: 9 } };
  expect(loosened(OutgoingNotice).parse(stored)).toEqual(stored);
  expect(projected(OutgoingNotice).parse(stored)).not.toHaveProperty('notice.mood');
  expect(OutgoingNotice.safeParse(stored).success).toBe(false);
});
