import { expect, test } from '@jest/globals';
import { Department } from '../../schemas/contracts/hub.ts';
import { departments, findDepartment } from '../../schemas/registry/departments.ts';
import { publicPart, RegistryEntry } from '../../schemas/registry/entries.ts';

test('the sample registry has one authority, one auditor, 18 districts and 14 command offices, each once', () => {
  const ids = departments.map(({ id }) => id as string);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.startsWith('district-'))).toHaveLength(18);
  expect(ids.filter((id) => id.startsWith('command-'))).toHaveLength(14);
  expect(departments.filter(({ roles }) => roles.includes('authority')).map(({ id }) => id)).toEqual(['eitc']);
  expect(departments.filter(({ roles }) => roles.includes('auditor')).map(({ id }) => id)).toEqual(['auditor']);
});

test('the auditor is nothing else: it reads and never writes', () => {
  expect(findDepartment('auditor')?.roles).toEqual(['auditor']);
});

test('who is not in the registry is nobody', () => {
  expect(findDepartment('constructor')).toBeUndefined();
});

test('others see of an entry what a department is, and not who acts for it', () => {
  const tax = { id: 'tax', name: '地方税务局', nameEn: 'Local Taxation', roles: ['department'] };
  const entry = RegistryEntry.parse({ ...tax, access: { principals: ['111122223333'] }, closed: '2027-03-31' });
  expect(publicPart(entry)).toEqual({ ...tax, closed: '2027-03-31' });
  expect(Department.safeParse({ ...tax, access: entry.access }).success).toBe(false);
});
