import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RegistryEntry } from '../schemas/registry/entries.ts';
import { readAsSet, WrongSetting } from './wrong-setting.ts';

const Entries = z.array(RegistryEntry).superRefine((entries, context) => {
  const ids = entries.map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    context.addIssue({ code: 'custom', message: `the department ${id} is there twice` });
  if (!entries.some(({ roles, closed }) => roles.includes('authority') && closed === undefined))
    context.addIssue({ code: 'custom', message: 'no department is the authority' });
});
export type Registry = readonly RegistryEntry[];

/** The departments of a deployment, with what only the deployment needs to know of them. */
export function readRegistry(file: string): Registry {
  const parsed = Entries.safeParse(
    readAsSet(`registry ${file}, as JSON,`, (): unknown => JSON.parse(readFileSync(file, 'utf8'))),
  );
  if (!parsed.success) throw new WrongSetting(`registry ${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
