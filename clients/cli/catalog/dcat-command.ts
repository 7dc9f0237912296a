import type { DcatCatalog } from '../../../schemas/contracts/dcat.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { asJson, writeText } from '../describe/definition-output.ts';
import { green } from '../terminal/look.ts';

/** `hub catalog dcat`: the whole catalog in one document, with the address that its relative IRIs start from. */
export async function exportDcat(context: Context, file: string): Promise<void> {
  const document = await wholeCatalog(context);
  await writeText(file, asJson(document));
  const datasets = document['dcat:dataset'].length;
  context.print({ written: file, datasets }, (_, look) =>
    green(
      either(
        look,
        `${file} holds ${datasets} datasets as DCAT-AP 3.`,
        `${file} 已按 DCAT-AP 3 写入 ${datasets} 个数据集。`,
      ),
      look,
    ),
  );
}

async function wholeCatalog(context: Context) {
  const { client, api } = await context.connect();
  const pages: DcatCatalog[] = [];
  let cursor: string | undefined;
  do {
    const page: DcatCatalog = await client.call(routes.readCatalog, { query: { limit: 100, cursor } });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const [first, ...more] = pages as [DcatCatalog, ...DcatCatalog[]];
  const { cursor: _cursor, 'hydra:view': _view, ...catalog } = first;
  return {
    ...catalog,
    '@context': { ...catalog['@context'], '@base': api + routes.readCatalog.path },
    'dcat:dataset': [first, ...more].flatMap((page) => page['dcat:dataset']),
    'dcat:service': catalog['dcat:service'].map((service, index) => ({
      ...service,
      'dcat:servesDataset': pages.flatMap((page) => page['dcat:service'][index]?.['dcat:servesDataset'] ?? []),
    })),
  };
}
