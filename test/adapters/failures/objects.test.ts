import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { s3CheckedObjects } from '../../../functions/adapters/s3/checked-objects.ts';
import { s3Extracts } from '../../../functions/adapters/s3/extract-store.ts';
import { s3IntakeObjects } from '../../../functions/adapters/s3/intake-objects.ts';
import { readObject } from '../../../functions/adapters/s3/object-reader.ts';
import { readRange } from '../../../functions/adapters/s3/object-ranges.ts';
import { openObject, PART_BYTES } from '../../../functions/adapters/s3/object-writer.ts';
import { told } from '../../../functions/kernel/told.ts';
import { connectionLost, s3Error, SECRET, timedOut } from './errors.ts';

const s3 = mockClient(S3Client);
const client = new S3Client({ region: 'us-east-1' });
beforeEach(() => void s3.reset());

const calls = (command: Parameters<typeof s3.commandCalls>[0]) => s3.commandCalls(command).length;
const ways = [
  ['it is to slow down', s3Error('SlowDown', 'server')],
  ['a fault of the service', s3Error('InternalError', 'server')],
  ['no answer, done or not', timedOut()],
  ['a connection that broke, done or not', connectionLost()],
] as const;

describe('an object that is written', () => {
  const twoParts = Buffer.alloc(PART_BYTES + 1);
  const write = async (content: Buffer) => {
    const writer = openObject(client, 'bucket', 'key');
    try {
      await writer.write(content);
      return await writer.close();
    } catch (fault) {
      await writer.abort();
      throw fault;
    }
  };
  const sending = () => {
    s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'upload' });
    s3.on(UploadPartCommand).resolves({ ETag: 'tag' });
    s3.on(CompleteMultipartUploadCommand).resolves({ VersionId: 'v1' });
    s3.on(AbortMultipartUploadCommand).resolves({});
  };

  test.each([...ways, ['a PUT whose answer was lost, repeated', s3Error('PreconditionFailed')]] as const)(
    'in one piece, and meets %s, is a fault: it is not put a second time',
    async (_way, error) => {
      s3.on(PutObjectCommand).rejects(error);
      await expect(write(Buffer.from('few'))).rejects.toBe(error);
      expect(s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input.IfNoneMatch)).toEqual(['*']);
      // Of load S3 speaks without a value (kernel/fault.ts).
      if (error.name !== 'SlowDown') expect(JSON.stringify(told(error))).not.toContain(SECRET);
    },
  );

  test.each(ways)('in parts, one of which meets %s, is a fault; no part of it stays', async (_way, error) => {
    sending();
    s3.on(UploadPartCommand, { PartNumber: 2 }).rejects(error);
    await expect(write(twoParts)).rejects.toBe(error);
    expect([calls(CompleteMultipartUploadCommand), calls(AbortMultipartUploadCommand)]).toEqual([0, 1]);
  });

  test.each([...ways, ['that it is complete already', s3Error('NoSuchUpload')]] as const)(
    'in parts whose completion meets %s is a fault: the next attempt has a key of its own',
    async (_way, error) => {
      sending();
      s3.on(CompleteMultipartUploadCommand).rejects(error);
      await expect(write(twoParts)).rejects.toBe(error);
      expect(calls(CompleteMultipartUploadCommand)).toBe(1);
    },
  );

  test('and given up after its completion was done and not answered, is given up: there is nothing to abort', async () => {
    sending();
    const lost = timedOut();
    s3.on(CompleteMultipartUploadCommand).rejects(lost);
    s3.on(AbortMultipartUploadCommand).rejects(s3Error('NoSuchUpload'));
    await expect(write(twoParts)).rejects.toBe(lost);
  });

  test.each(ways)('in parts that never began, for %s, has nothing to abort', async (_way, error) => {
    sending();
    s3.on(CreateMultipartUploadCommand).rejects(error);
    await expect(write(twoParts)).rejects.toBe(error);
    expect(calls(AbortMultipartUploadCommand)).toBe(0);
  });
});

describe('an object that is read', () => {
  const whole = Buffer.from('0123456789');
  const breaking = (content: Buffer) =>
    Readable.from(
      (async function* () {
        yield content;
        throw connectionLost();
      })(),
    );
  const read = async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await readObject(client, 'bucket', 'key')) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const answering = (Body: Readable) => ({ Body: Body as never, ContentLength: whole.length, VersionId: 'v1' });

  test('goes on where it broke, in the version that it began with', async () => {
    s3.on(GetObjectCommand)
      .resolvesOnce(answering(breaking(whole.subarray(0, 4))))
      .resolvesOnce(answering(Readable.from([whole.subarray(4)])));
    expect(await read()).toBe(whole.toString());
    const [, again] = s3.commandCalls(GetObjectCommand).map(({ args }) => args[0].input);
    expect(again).toMatchObject({ Range: 'bytes=4-', VersionId: 'v1' });
  });

  test.each(ways)('and cannot go on, for %s, is a fault and not a shorter object', async (_way, error) => {
    s3.on(GetObjectCommand)
      .resolvesOnce(answering(breaking(whole.subarray(0, 4))))
      .rejects(error);
    await expect(read()).rejects.toBe(error);
  });

  test('that ends early, again and again, is a fault', async () => {
    s3.on(GetObjectCommand).callsFake(({ Range }: { Range?: string }) =>
      answering(Range === undefined ? Readable.from([whole.subarray(0, 4)]) : Readable.from([])),
    );
    await expect(read()).rejects.toThrow('the object ended at byte 4 of 10');
  });
});

describe('what providers send', () => {
  const intake = s3IntakeObjects(client, 'intake');
  const part = { number: 1, bytes: 1, eTag: 'tag', sha256: 'digest' };

  test('is put together once: what was done by a call whose answer was lost is told by its event', async () => {
    s3.on(CompleteMultipartUploadCommand).rejects(s3Error('NoSuchUpload'));
    s3.on(ListPartsCommand).rejects(s3Error('NoSuchUpload'));
    s3.on(AbortMultipartUploadCommand).rejects(s3Error('NoSuchUpload'));
    expect(await intake.assemble('key', 'upload', [part])).toBeUndefined();
    expect(await intake.parts('key', 'upload')).toBeUndefined();
    await expect(intake.abortMultipart('key', 'upload')).resolves.toBeUndefined();
  });

  test('is not there only where S3 says so', async () => {
    s3.on(HeadObjectCommand)
      .rejectsOnce(new NotFound({ $metadata: {}, message: '' }))
      .rejects(s3Error('Forbidden'));
    expect(await intake.find('key')).toBeUndefined();
    await expect(intake.find('key')).rejects.toThrow();
  });

  test.each(ways)('is a fault wherever S3 answers that %s', async (_way, error) => {
    s3.onAnyCommand().rejects(error);
    const asked = {
      put: () => intake.put('key', Buffer.from('x'), 'digest'),
      startMultipart: () => intake.startMultipart('key'),
      parts: () => intake.parts('key', 'upload'),
      assemble: () => intake.assemble('key', 'upload', [part]),
      abortMultipart: () => intake.abortMultipart('key', 'upload'),
      find: () => intake.find('key'),
      read: () => intake.read('key', 'v1'),
    };
    for (const [name, ask] of Object.entries(asked)) {
      const fault = await ask().then(
        () => 'answered',
        (thrown: unknown) => thrown,
      );
      expect({ name, fault }).toEqual({ name, fault: error });
    }
    expect(s3.calls()).toHaveLength(Object.keys(asked).length);
  });
});

test.each([
  ['a checked object', () => s3CheckedObjects(client, 'datasets').remove('key', 'v1')],
  ['an extract', () => s3Extracts(client, 'deliveries').remove({ key: 'key', versionId: 'v1' })],
  ['an attempt at one', () => s3Extracts(client, 'deliveries').discard('key')],
])(
  '%s whose removal was not answered is a fault: it is removed again, which finds it gone or not',
  async (_what, remove) => {
    const lost = timedOut();
    s3.on(DeleteObjectCommand).rejectsOnce(lost).resolves({});
    await expect(remove()).rejects.toBe(lost);
    await expect(remove()).resolves.toBeUndefined();
  },
);

describe('bytes of an object that are read by themselves', () => {
  const object = { key: 'key', versionId: 'v1', bytes: 100 };
  const answering = (bytes: Buffer, ContentRange: string) =>
    s3.on(GetObjectCommand).resolves({ Body: Readable.from([bytes]) as never, ContentRange });
  const read = () => readRange(client, 'bucket')(object, 10, 14);

  test('are asked for by version and range', async () => {
    answering(Buffer.from('four'), 'bytes 10-13/100');
    expect(String(await read())).toBe('four');
    expect(s3.commandCalls(GetObjectCommand)[0]!.args[0].input).toMatchObject({
      VersionId: 'v1',
      Range: 'bytes=10-13',
    });
  });
  test.each([
    ['too few', Buffer.from('fou'), 'bytes 10-13/100'],
    ['of another place', Buffer.from('four'), 'bytes 11-14/100'],
    ['of an object of another length', Buffer.from('four'), 'bytes 10-13/101'],
    ['of the whole object', Buffer.alloc(100), ''],
  ])('and are %s are a fault', async (_how, bytes, range) => {
    answering(bytes, range);
    await expect(read()).rejects.toThrow('other bytes than were asked for');
  });
  test.each(ways)('and meet %s are a fault', async (_way, error) => {
    s3.on(GetObjectCommand).rejects(error);
    await expect(read()).rejects.toBe(error);
  });
  test('and break off are a fault', async () => {
    const broken = connectionLost();
    const Body = new Readable({
      read() {
        this.destroy(broken);
      },
    }) as never;
    s3.on(GetObjectCommand).resolves({ Body, ContentRange: 'bytes 10-13/100' });
    await expect(read()).rejects.toBe(broken);
  });
});
