import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Department } from '../schemas/contracts/hub.ts';

const root = resolve(import.meta.dirname, '..');
const insideProject = (path: string): string => resolve(root, path);

/** Role names have at most 64 characters (IAM quotas), of which `hub-`, `-dept-` and a department's id need 50. */
const Stage = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,13}$/, 'a lower-case letter, then lower-case letters and digits, at most 14');

const TimeZone = z.string().refine(isTimeZone, 'no time zone of the IANA database');

const Registry = z.array(Department).superRefine((departments, context) => {
  const ids = departments.map((department) => department.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    context.addIssue({ code: 'custom', message: `the department ${id} is there twice` });
  if (!departments.some((department) => department.roles.includes('authority')))
    context.addIssue({ code: 'custom', message: 'no department is the authority' });
});

/** What a deployment may choose. Account and region are normally the caller's: the templates fit any of them. */
const Settings = z.strictObject({
  /** In the name of everything, so that stages share an account. */
  stage: Stage.default('dev'),
  /** In whose days agreements are valid and frequencies fall due. */
  timeZone: TimeZone.default('Asia/Shanghai'),
  /** A JSON file like the sample registry, which is the default; relative to the project. */
  registry: z.string().default('schemas/registry/departments.json').transform(insideProject),
  /** Where the Lambda entries are; relative to the project. */
  functions: z.string().default('functions').transform(insideProject),
  account: z
    .string()
    .regex(/^\d{12}$/, 'twelve digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as cn-north-1')
    .optional(),
});

export type Settings = Omit<z.infer<typeof Settings>, 'registry'> & {
  readonly registryFile: string;
  readonly departments: readonly Department[];
};

const prefix = 'hub:';

/** The settings among the context keys: those that begin with `hub:`. Unknown ones are an error. */
export function settingsFrom(context: Readonly<Record<string, unknown>>): Settings {
  const own = Object.entries(context).filter(([key]) => key.startsWith(prefix));
  const parsed = Settings.safeParse(Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
  if (!parsed.success) throw new Error(`settings (context keys ${prefix}…):\n${z.prettifyError(parsed.error)}`);
  const { registry, ...settings } = parsed.data;
  return { ...settings, registryFile: registry, departments: readRegistry(registry) };
}

function readRegistry(file: string): readonly Department[] {
  const parsed = Registry.safeParse(jsonOf(file));
  if (!parsed.success) throw new Error(`registry ${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`registry ${file} cannot be read as JSON`, { cause });
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
