import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { principalsOf } from '../../../infra/local/access/principals.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'principals-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('keys stay the same on the same data folder and differ from role to role and folder to folder', () => {
  const tax = principalsOf(folder, '000000000000').of('hub-dev-dept-tax', 'local', 'department');
  const again = principalsOf(folder, '000000000000');
  expect(again.of('hub-dev-dept-tax', 'local', 'department')).toEqual(tax);
  expect(again.of('hub-dev-dept-press', 'local', 'department').secretAccessKey).not.toBe(tax.secretAccessKey);
  const elsewhere = mkdtempSync(join(tmpdir(), 'principals-'));
  expect(principalsOf(elsewhere, '000000000000').of('hub-dev-dept-tax', 'local', 'department').accessKeyId).not.toBe(
    tax.accessKeyId,
  );
  rmSync(elsewhere, { recursive: true });
});

test('a department has a long-lived key, a function a temporary one with a session token', () => {
  const principals = principalsOf(folder, '000000000000');
  const tax = principals.of('hub-dev-dept-tax', 'local', 'department');
  expect(tax).toMatchObject({
    arn: 'arn:aws:sts::000000000000:assumed-role/hub-dev-dept-tax/local',
    accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
  });
  expect(tax.sessionToken).toBeUndefined();
  expect(principals.of('fn', 'check', 'function')).toMatchObject({
    accessKeyId: expect.stringMatching(/^ASIA/),
    sessionToken: expect.any(String),
  });
  expect(principals.byAccessKey(tax.accessKeyId)).toEqual(tax);
  expect(principals.byAccessKey('AKIAUNKNOWN')).toBeUndefined();
});
