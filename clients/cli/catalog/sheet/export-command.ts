import { UnfitExtract } from '../../../../functions/records/index.ts';
import type { ResourceSummary, ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { routes } from '../../../protocol/routes.ts';
import { either } from '../../../words/speech.ts';
import { listed } from '../../terminal/answers.ts';
import type { Context } from '../../terminal/context.ts';
import { Failure } from '../../terminal/failure.ts';
import { green } from '../../terminal/look.ts';
import { writeSheet } from '../../workbook/write-sheet.ts';
import { rowsOf } from './definition-rows.ts';
import { columnKeys, headings } from './layout.ts';

export interface ExportOptions {
  readonly xlsx: string;
  readonly provider?: string;
  readonly theme?: string;
  readonly category?: string;
}

const READS_AT_ONCE = 8;

/** `hub catalog export`: the newest definitions as a workbook, a row for each field. */
export async function exportCatalog(context: Context, { xlsx, ...query }: ExportOptions): Promise<void> {
  const { items } = await listed(context, routes.listResources, { query });
  const resources = await readAll(context, items);
  const { client } = await context.connect();
  const departments = await client.call(routes.listDepartments, {});
  const names = new Map(departments.items.map(({ id, name }) => [id as string, name]));
  const rows = resources.flatMap((resource) => rowsOf(resource, (department) => names.get(department) ?? department));
  await write(
    xlsx,
    columnKeys.map((key) => headings[key]),
    rows,
  );
  const written = { written: xlsx, resources: resources.length, fields: rows.length };
  context.print(written, (_, look) =>
    green(
      either(
        look,
        `${xlsx} holds ${resources.length} resources with ${rows.length} fields.`,
        `${xlsx} 已写入 ${resources.length} 个信息资源，共 ${rows.length} 个信息项。`,
      ),
      look,
    ),
  );
}

async function readAll(context: Context, items: readonly ResourceSummary[]): Promise<readonly ResourceVersion[]> {
  const { client } = await context.connect();
  const progress = context.progress('reading definitions');
  try {
    const found: ResourceVersion[] = [];
    for (let from = 0; from < items.length; from += READS_AT_ONCE) {
      const batch = items.slice(from, from + READS_AT_ONCE);
      found.push(
        ...(await Promise.all(
          batch.map(({ resourceId }) => client.call(routes.readResource, { params: { resourceId } })),
        )),
      );
    }
    return found;
  } finally {
    progress.end();
  }
}

async function write(...sheet: Parameters<typeof writeSheet>): Promise<void> {
  try {
    await writeSheet(...sheet);
  } catch (fault) {
    if (!(fault instanceof UnfitExtract)) throw fault;
    const text = {
      what: 'A definition does not fit in a workbook.',
      why: 'One of its fields has rules or listed values longer than a cell holds (32,767 characters).',
      next: [
        'Export fewer resources: --provider, --theme or --category; hub resources show ID --json gives any of them.',
      ],
      code: 'too-large',
    };
    throw new Failure(text, { cause: fault });
  }
}
