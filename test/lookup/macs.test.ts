import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { kmsClient } from '../../functions/adapters/kms/client.ts';
import { kmsMacs } from '../../functions/adapters/kms/macs.ts';
import { requestDigest } from '../../functions/kernel/request-digest.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

describe('keyed digests', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  const keyId = () => process.env['HUB_LOOKUPS_KEY']!;

  test('are the same from every function, and others for every purpose and key', async () => {
    const [one, other] = [kmsMacs(kmsClient(), keyId()), kmsMacs(kmsClient(), keyId())];
    const of = async (macs: typeof one, purpose: Parameters<typeof one.keyed>[0]) =>
      (await macs.keyed(purpose))('text');
    const digests = await Promise.all(
      (['key', 'stem', 'officer', 'request'] as const).map(async (purpose) => {
        const digest = await of(one, purpose);
        expect(await of(other, purpose)).toBe(digest);
        expect(digest).toMatch(/^[A-Za-z0-9+/]{43}=$/);
        return digest;
      }),
    );
    expect(new Set(digests).size).toBe(4);
    await expect(of(kmsMacs(kmsClient(), `${keyId()}-of-another`), 'key')).rejects.toThrow('does not exist');
  });
  test('of requests are those of their content', async () => {
    const digest = requestDigest(kmsMacs(kmsClient(), keyId()));
    expect(await digest({ a: 1, b: 2 })).toBe(await digest({ b: 2, a: 1 }));
    expect(await digest({ a: 1, b: 2 })).not.toBe(await digest({ a: 1, b: 3 }));
  });
});

describe('what KMS is asked', () => {
  const client = new KMSClient({ region: 'cn-north-1' });
  const kms = mockClient(client);
  beforeEach(() => void kms.reset());
  const made = () => kmsMacs(client, 'the-key');
  const Mac = new Uint8Array(32).fill(7);

  test('is asked once, however many ask for it at once', async () => {
    kms.on(GenerateMacCommand).resolves({ Mac });
    const macs = made();
    await Promise.all([macs.keyed('key'), macs.keyed('key')]);
    await macs.keyed('key');
    expect(kms.commandCalls(GenerateMacCommand)).toHaveLength(1);
  });
  test('and failed is a fault, and asked anew', async () => {
    const away = new Error('away');
    kms.on(GenerateMacCommand).rejectsOnce(away).resolves({ Mac });
    const macs = made();
    await expect(macs.keyed('key')).rejects.toBe(away);
    expect((await macs.keyed('key'))('text')).toHaveLength(44);
  });
  test('and answered with something else is a fault', async () => {
    kms.on(GenerateMacCommand).resolves({ Mac: new Uint8Array(20) });
    await expect(made().keyed('key')).rejects.toThrow('no HMAC');
  });
});
