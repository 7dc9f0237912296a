import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { definitionProblems } from '../../functions/records/index.ts';
import { DeclaredDefinition } from '../../schemas/catalog/declared.ts';
import type { Department } from '../../schemas/contracts/hub.ts';
import { pointerOf } from '../../schemas/contracts/problem.ts';
import { PublishBody } from '../../schemas/contracts/resources.ts';
import { textFaults } from '../../schemas/contracts/text-faults.ts';
import { readAsSet, WrongSetting } from '../wrong-setting.ts';

const root = resolve(import.meta.dirname, '../..');

/** One broken rule of a file: which file, where in it (RFC 6901), which rule, and what to do about it. */
interface Fault {
  readonly file: string;
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

type Read = { readonly declared: DeclaredDefinition } | { readonly faults: readonly Fault[] };

/**
 * The definitions of a folder, a file each, under the rules that a publication through the API obeys.
 * @throws Error with a line for every broken rule of every file: a deployment either carries a sound catalog or stops.
 */
export function readDeclaredCatalog(folder: string, departments: readonly Department[]): readonly DeclaredDefinition[] {
  const read = readAsSet(`the catalog (setting hub:catalog) ${folder}`, () => readdirSync(folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readDefinition(join(folder, name), departments));
  const faults = read.flatMap((each) => ('faults' in each ? each.faults : []));
  if (faults.length > 0)
    throw new WrongSetting(
      ['the catalog (setting hub:catalog) has definitions that cannot be published:', ...faults.map(line)].join('\n'),
    );
  return read.flatMap((each) => ('declared' in each ? [each.declared] : []));
}

const line = ({ file, path, rule, message }: Fault): string =>
  `  ${relative(root, file)}: ${path || '(the whole file)'}: ${rule}: ${message}`;

function readDefinition(file: string, departments: readonly Department[]): Read {
  const fault = (path: string, rule: string, message: string): Fault => ({ file, path, rule, message });
  let body: unknown;
  try {
    body = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { faults: [fault('', 'json', (error as Error).message)] };
  }
  const parsed = DeclaredDefinition.safeParse({ resourceId: basename(file, '.json'), body });
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path: [top, ...rest], code, message }) =>
        top === 'resourceId'
          ? fault('', 'file-name', `the name before .json is the resource's id: ${message}`)
          : fault(pointerOf(rest), code, message),
      ),
    };
  const { breaking: _breaking, graceDays: _graceDays, ...definition } = parsed.data.body;
  const known = departments.some(({ id }) => id === definition.provider);
  const faults = [
    ...(known ? [] : [fault('/provider', 'unknown-department', `${definition.provider} is not in the registry`)]),
    ...[...textFaults(PublishBody, body), ...definitionProblems(definition)].map(({ path, rule, message }) =>
      fault(path, rule, message),
    ),
  ];
  return faults.length > 0 ? { faults } : { declared: parsed.data };
}
