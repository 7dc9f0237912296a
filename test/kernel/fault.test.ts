import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Fault } from '../../functions/kernel/fault.ts';
import { told } from '../../functions/kernel/told.ts';

const person = '欧阳桂兰,110105194912310021,13800138000';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

/** As the AWS SDK throws them. */
const awsError = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400, requestId: 'R1' }, ...more });

describe('what others say of an error may quote what they were given, so it is left out', () => {
  const holder = (value: unknown) => ({ [person]: value });
  test.each([
    ['JSON.parse', thrownBy(() => JSON.parse(`"${person}`) as unknown), 'SyntaxError'],
    ['BigInt', thrownBy(() => BigInt(person)), 'SyntaxError'],
    ['a URL', thrownBy(() => new URL(person)), 'TypeError'],
    ['zod, of a value', z.string().regex(/^\d+$/).safeParse(person).error, 'ZodError'],
    ['zod, of a name', z.record(z.string().max(3), z.string()).safeParse(holder('x')).error, 'ZodError'],
    ['zod, of a place', z.record(z.string(), z.number()).safeParse(holder('x')).error, 'ZodError'],
    ['zod, of what it does not know', z.strictObject({}).safeParse(holder(1)).error, 'ZodError'],
    ['a library', new Error(`Unsupported type passed: ${person}`), 'Error'],
    [
      'DynamoDB, of a value',
      awsError('ValidationException', `The value ${person} is not valid`),
      'ValidationException',
    ],
    [
      'DynamoDB, of a transaction',
      awsError('TransactionCanceledException', person, {
        CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: person, Item: { name: { S: person } } }],
      }),
      'TransactionCanceledException',
    ],
    [
      'an error with things on it',
      Object.assign(new Error('x'), { body: person, $response: { body: person } }),
      'Error',
    ],
    ['an error whose name is no name', Object.assign(new Error('x'), { name: person }), 'Error'],
    ['an error whose code is no code', Object.assign(new Error('x'), { code: person }), 'Error'],
    ['a thrown text', person, 'NotAnError'],
    [
      'a message that looks like a stack',
      new Error(`x\n    at ${person} (/data/${person}:1:1)\n    at ${person}`),
      'Error',
    ],
    ['the cause of a fault of ours', new Fault('dataset 3 was not written', { cause: new Error(person) }), 'Fault'],
  ])('%s', (_, error, name) => {
    const shown = told(error);
    expect(shown.name).toBe(name);
    for (const part of person.split(',')) expect(JSON.stringify(shown)).not.toContain(part);
  });
});

describe('what helps to mend it stays', () => {
  test('our own words, and those of its cause’s kind', () => {
    const cause = thrownBy(() => JSON.parse('{'));
    expect(told(new Fault('upload 1 was taken in between', { cause }))).toMatchObject({
      name: 'Fault',
      message: 'upload 1 was taken in between',
      cause: { name: 'SyntaxError' },
    });
  });

  test('where it happened', () => {
    expect(told(new Error('x')).stack?.[0]).toMatch(/fault\.test\.ts:\d+:\d+/);
  });

  test('what AWS says of permissions, in names and ARNs', () => {
    const message = 'User: arn:aws:sts::1:assumed-role/hub-fn-check is not authorized to perform: s3:GetObject';
    expect(told(awsError('AccessDenied', message))).toMatchObject({ message, status: 400, awsRequestId: 'R1' });
    expect(told(Object.assign(new Error(message), { name: 'AccessDenied' }))).not.toHaveProperty('message');
  });

  test('why a transaction was cancelled, write by write', () => {
    const error = awsError('TransactionCanceledException', 'cancelled', {
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }, {}],
    });
    expect(told(error).cancellation).toEqual(['None', 'ConditionalCheckFailed', 'None']);
  });

  test('which rules a value broke, and where', () => {
    const schema = z.object({ terms: z.array(z.object({ version: z.int() })) });
    expect(told(schema.safeParse({ terms: [{ version: 'one' }] }).error).issues).toEqual([
      'invalid_type at terms.0.version',
    ]);
  });

  test('Node’s own code', () => {
    expect(told(Object.assign(new Error('x'), { code: 'ECONNRESET' })).code).toBe('ECONNRESET');
  });

  test('causes of causes, as far as it is of use', () => {
    const chain = Array.from({ length: 9 }).reduce((cause: unknown) => new Fault('x', { cause }), new Fault('last'));
    expect(JSON.stringify(told(chain)).split('"name"')).toHaveLength(6);
  });
});
