import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { fitPattern, firstUnfit, visible } from '../../schemas/contracts/characters.ts';
import { ReportCorrectionBody } from '../../schemas/contracts/corrections.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { definition, terms } from '../../schemas/contracts/examples/things.ts';
import { Terms } from '../../schemas/contracts/terms.ts';
import { textFaults } from '../../schemas/contracts/text-faults.ts';
import { DataRecord, DataValue, Line, Paragraph } from '../../schemas/contracts/text.ts';

describe('a text may have', () => {
  test.each([
    ['Chinese', '政务数据共享条例 第十二条（试行）'],
    ['characters beyond the first plane', '𠮷野家'],
    ['a variant of a Han character', '葛\u{e0100}'],
    ['a private character', '\ue000'],
    ['combining marks', 'e\u0301'],
    ['blanks of other widths', 'a\u00a0b\u3000c\u202fd'],
    ['emoji with joiners', '👩‍❤️‍👨'],
    ['emoji with a skin', '👍🏽'],
    ['a keycap', '1️⃣'],
    ['a sign as an emoji', '☎️'],
    ['a joiner of Persian', 'می\u200cخواهم'],
    ['a selector of Mongolian', 'ᠠ\u180b'],
    ['a separator of Mongolian', 'ᠮᠣᠩᠭ\u180eᠠ'],
    ['Uyghur', 'ئۇيغۇر'],
  ])('%s', (_, text) => {
    expect(firstUnfit(text, 'line')).toBeUndefined();
    expect(visible(text, 'line')).toBe(text);
  });
});

describe('a text may not have', () => {
  test.each([
    ['NUL', '\0', 'U+0000'],
    ['the beginning of a terminal command', 'a\u001b[31m', 'U+001B'],
    ['a carriage return', 'a\r\nb', 'U+000D'],
    ['DEL', '\u007f', 'U+007F'],
    ['a terminal command of one byte', '\u009b31m', 'U+009B'],
    ['a next line', '\u0085', 'U+0085'],
    ['a line end of Unicode’s', '\u2028', 'U+2028'],
    ['a paragraph end of Unicode’s', '\u2029', 'U+2029'],
    ['an override', 'a\u202eb', 'U+202E'],
    ['an isolate', '\u2066', 'U+2066'],
    ['a directional mark', '\u200f', 'U+200F'],
    ['an Arabic mark', '\u061c', 'U+061C'],
    ['half a pair', 'a\ud800', 'U+D800'],
    ['a zero-width blank', '街\u200b道', 'U+200B'],
    ['a byte order mark', '\ufeff', 'U+FEFF'],
    ['a soft hyphen', '\u00ad', 'U+00AD'],
    ['a filler', '\u3164', 'U+3164'],
    ['tags', 'x\u{e0041}', 'U+E0041'],
    ['annotations', '\ufff9', 'U+FFF9'],
    ['a noncharacter', '\ufffe', 'U+FFFE'],
    ['a joiner that joins nothing', 'ad\u200dmin', 'U+200D'],
    ['a joiner between Han characters', '街\u200d道', 'U+200D'],
    ['a selector behind a letter', 'a\ufe0f', 'U+FE0F'],
    ['two selectors', '👍\ufe0f\ufe0e', 'U+FE0E'],
  ])('%s', (_, text, character) => {
    expect(firstUnfit(text, 'line')?.character).toBe(character);
    expect(firstUnfit(text, 'paragraph')?.character).toBe(character);
    expect(firstUnfit(visible(text), 'paragraph')).toBeUndefined();
    expect(JSON.parse(`"${visible(text, 'line')}"`)).toBe(text);
  });
});

test('a paragraph has line feeds and tabs, a line has not', () => {
  expect([firstUnfit('a\n\tb', 'paragraph'), firstUnfit('a\n\tb', 'line')]).toEqual([
    undefined,
    { character: 'U+000A', at: 2 },
  ]);
});

test.each([
  ['a definition', ResourceDefinition, { ...definition, title: '\u202e', description: '\u001b' }],
  ['terms', Terms, { ...terms, purpose: '\u009b', mask: { 'a\nb': 'hide' } }],
  ['a correction', ReportCorrectionBody, { line: 1, field: '\u200b', reason: 'wrong', words: '\r' }],
])('%s that was stored before is read as it is', (_, schema, stored) => {
  expect(schema.parse(stored)).toMatchObject(stored);
  expect(textFaults(schema, stored).length).toBeGreaterThan(1);
});

test('what the API’s description refuses is refused', () => {
  const every = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  for (const kind of ['line', 'paragraph'] as const) {
    const pattern = new RegExp(fitPattern(kind), 'u');
    expect(every.filter((text) => !pattern.test(text) && !firstUnfit(text, kind))).toEqual([]);
  }
});

describe('every string of a request is a line, unless its schema says that it is a paragraph or data', () => {
  const schema = z.strictObject({
    line: Line.max(20),
    forgotten: z.string(),
    paragraph: Paragraph.min(1).max(20).default('x'),
    value: DataValue.max(20),
    records: z.array(DataRecord),
    list: z.array(z.union([z.strictObject({ value: z.string() }), z.string()])),
    byName: z.record(z.string(), z.string()),
    any: z.unknown(),
    piped: z.string().transform((text) => text.length),
  });
  const good = {
    line: 'a',
    forgotten: 'a',
    paragraph: 'a',
    value: 'a',
    records: [{ a: 'a' }],
    list: ['a'],
    byName: { a: 'a' },
    any: 1,
    piped: 'a',
  };
  test.each<[string, object, readonly string[]]>([
    ['nothing', {}, []],
    ['a line', { line: 'a\n' }, ['/line']],
    ['a string that says nothing', { forgotten: 'a\n' }, ['/forgotten']],
    ['lines of a paragraph', { paragraph: 'a\nb' }, []],
    ['a paragraph', { paragraph: 'a\u001bb' }, ['/paragraph']],
    ['data', { value: '\u001b', records: [{ '\u001b': '\u001b' }] }, []],
    ['a string in a list', { list: ['\u202e', { value: '\u202e' }] }, ['/list/0', '/list/1/value']],
    ['a name of a member', { byName: { 'a\n': 'b' } }, ['/byName/a\n']],
    ['anything', { any: { deep: ['\u202e'] } }, ['/any/deep/0']],
    ['what is transformed', { piped: '\u202e' }, ['/piped']],
  ])('%s', (_, change, paths) => {
    const value = { ...good, ...change };
    expect(schema.safeParse(value).success).toBe(true);
    expect(textFaults(schema, value).map(({ path }) => path)).toEqual(paths);
  });
});
