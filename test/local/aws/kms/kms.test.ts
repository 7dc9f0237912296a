import { GenerateMacCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { AnEndpoint, account, check, failure } from '../an-endpoint.ts';

let endpoint: AnEndpoint;
let KeyId: string;
beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  KeyId = endpoint.aws.createMacKey('lookups');
});
afterAll(() => endpoint.stop());

const Message = new TextEncoder().encode('a message');
const MacAlgorithm = 'HMAC_SHA_256' as const;
const mac = async (keyId = KeyId, message = Message) =>
  (await endpoint.kms(check).send(new GenerateMacCommand({ KeyId: keyId, Message: message, MacAlgorithm }))).Mac;

test('makes HMACs that are the same in every run, and others of every key and message', async () => {
  expect(KeyId).toBe(`arn:aws:kms:cn-north-1:${account}:key/lookups`);
  const made = await mac();
  expect(made).toHaveLength(32);
  expect(await mac(endpoint.aws.createMacKey('other'))).not.toEqual(made);
  expect(await mac(KeyId, new TextEncoder().encode('another'))).not.toEqual(made);
  await endpoint.restart();
  endpoint.aws.createMacKey('lookups');
  expect(await mac()).toEqual(made);
});

test('asks for the permission on the key', async () => {
  await mac();
  expect(endpoint.calls.at(-1)).toMatchObject({ service: 'kms', action: 'kms:GenerateMac', resource: KeyId });
  endpoint.denied.add('kms:GenerateMac');
  expect(await failure(mac())).toBe('AccessDeniedException');
  endpoint.denied.clear();
});

test('refuses what it cannot do', async () => {
  expect(await failure(mac(`${KeyId}-of-another`))).toBe('NotFoundException');
  expect(await failure(mac(KeyId, new Uint8Array(4097)))).toBe('ValidationException');
  const other = new GenerateMacCommand({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_512' });
  expect(await failure(endpoint.kms(check).send(other))).toBe('ValidationException');
  expect(await failure(endpoint.kms(check).send(new ListKeysCommand({})))).toBe('NotImplemented');
});
