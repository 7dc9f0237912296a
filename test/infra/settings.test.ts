import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { settingsFrom } from '../../infra/settings.ts';
import { departments } from '../../schemas/registry/departments.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const registry = (content: string): string => {
  const file = join(folder, 'registry.json');
  writeFileSync(file, content);
  return file;
};
const department = (id: string, ...roles: string[]) => ({ id, name: id, nameEn: id, roles });

test('without any settings it is the stage dev, Shanghai’s time and the sample registry, in any account and region', () => {
  expect(settingsFrom({})).toEqual({
    stage: 'dev',
    timeZone: 'Asia/Shanghai',
    functions: resolve(import.meta.dirname, '../../functions'),
    registryFile: resolve(import.meta.dirname, '../../schemas/registry/departments.json'),
    departments,
  });
});

test('context keys of others are left alone', () => {
  expect(settingsFrom({ 'aws:cdk:version-reporting': false, 'hub:stage': 'prod' }).stage).toBe('prod');
});

test('another registry has the departments of its file', () => {
  const file = registry(JSON.stringify([department('a', 'department'), department('b', 'authority')]));
  expect(settingsFrom({ 'hub:registry': file }).departments.map(({ id }) => id)).toEqual(['a', 'b']);
});

test.each([
  ['an unknown setting', { 'hub:stagee': 'prod' }, /Unrecognized key: "stagee"/],
  ['a stage that would not fit into names', { 'hub:stage': 'a-stage' }, /lower-case letters and digits.*\n.*at stage/],
  ['a stage too long for a role’s name', { 'hub:stage': 'abcdefghijklmno' }, /at most 14.*\n.*at stage/],
  ['a time zone that is none', { 'hub:timeZone': 'Mars/Olympus' }, /IANA.*\n.*at timeZone/],
  ['a region that is none', { 'hub:region': 'Peking' }, /a region such as cn-north-1.*\n.*at region/],
  ['an account that is none', { 'hub:account': '123' }, /twelve digits.*\n.*at account/],
])('refuses %s and says where', (_, context, message) => {
  expect(() => settingsFrom(context)).toThrow(message);
});

test.each([
  ['is not there', () => join(folder, 'absent.json'), /absent\.json cannot be read as JSON/],
  ['is no JSON', () => registry('no JSON'), /cannot be read as JSON/],
  [
    'names a department twice',
    () => registry(JSON.stringify([department('a', 'authority'), department('a', 'department')])),
    /the department a is there twice/,
  ],
  [
    'has no authority',
    () => registry(JSON.stringify([department('a', 'department')])),
    /no department is the authority/,
  ],
  ['has an unknown role', () => registry(JSON.stringify([department('a', 'king')])), /at \[0\]\.roles\[0\]/],
])('refuses a registry that %s', (_, file, message) => {
  expect(() => settingsFrom({ 'hub:registry': file() })).toThrow(message);
});
