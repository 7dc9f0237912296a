import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { conclude } from '../../../clients/protocol/parties.ts';
import { routes } from '../../../clients/protocol/routes.ts';
import { categories, holdsResources } from '../../../schemas/registry/categories.ts';
import { departments } from '../../../schemas/registry/departments.ts';
import { City } from '../../support/city.ts';
import { startHub } from '../../support/hub.ts';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { type Figures, median } from '../figures.ts';

const RESOURCES = 5000;
const AGREEMENTS = 550;
const DEPARTMENTS = 40;
/** Calls of each kind; the first of all has the function read the whole catalog and is not counted. */
const CALLS = 40;
/** Publications and conversations at once, which are not measured. */
const AT_ONCE = 3;

/** A city of the size of the model: how long people wait for a page of a list, or for the answer to a search. */
export const catalogCase: BenchCase = {
  name: 'catalog-5000',
  about: 'local hub: 40 departments, 550 agreements, 5,000 resources; the median answer to lists and searches',
  onDemand: false,
  run: runCatalog,
};

/** Two officers have to sign for some departments, which would be two conversations. */
const members = departments
  .filter(({ roles, approvers }) => roles.includes('department') && !roles.includes('authority') && approvers !== 2)
  .slice(0, DEPARTMENTS)
  .map(({ id }) => id as string);
const leaves = categories.filter(holdsResources).map(({ code }) => code as string);
const THINGS = ['街道', '企业', '许可', '处罚', '婚姻', '住房', '管线', '绿地', '学校', '医院', '税务登记', '危险源'];
const KINDS = ['基本信息', '变更记录', '年度统计', '名录', '检查结果', '地址'];
const FIELDS = ['code', 'name', 'division', 'address', 'phone', 'approved_on', 'amount', 'state', 'kind', 'remark'];
const TITLES = ['编码', '名称', '行政区划', '地址', '电话', '批准日期', '金额', '状态', '类型', '备注'];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const providerOf = (index: number): string => at(members, index);

const definitionOf = (index: number) => ({
  title: `${at(THINGS, index)}${at(KINDS, Math.floor(index / THINGS.length))}${index}`,
  titleEn: `Resource ${index}`,
  description: '各部门在履行职责过程中形成的、以一定形式记录和保存的信息资源，供其他部门按协议使用。'.repeat(2),
  provider: providerOf(index),
  category: at(leaves, index),
  themes: [at(['economy', 'safety', 'geography', 'people'], index)],
  shareType: 'unconditional',
  updateCycle: at(['daily', 'weekly', 'monthly', 'yearly'], index),
  schema: {
    primaryKey: ['code'],
    fields: FIELDS.map((name, i) => ({
      name: i < 3 ? name : `${name}_${index % 7}`,
      title: TITLES[i],
      type: 'string',
    })),
  },
});

async function runCatalog(context: BenchContext): Promise<Figures[]> {
  const { name } = catalogCase;
  await rm(join(context.folder, 'hub'), { recursive: true, force: true });
  const hub = await startHub({ data: join(context.folder, 'hub', name), warm: true });
  const city = await City.of(hub);
  try {
    const resources = rowsOf(RESOURCES, context);
    const agreements = Math.ceil(rowsOf(AGREEMENTS, context));
    await each(
      resources,
      (index) => city.publish(providerOf(index), `r-${index}`, definitionOf(index)),
      (done) => context.progress(`${name}: ${done} of ${resources} resources`),
    );
    await each(
      agreements,
      (index) => agree(city, index),
      (done) => context.progress(`${name}: ${done} of ${agreements} agreements`),
    );
    return await measured(city, { resources, agreements });
  } finally {
    await hub.stop();
    await city.leave();
    await rm(hub.data, { recursive: true, force: true });
  }
}

async function each(
  count: number,
  act: (index: number) => Promise<unknown>,
  tell: (done: number) => void,
): Promise<void> {
  let begun = 0;
  let done = 0;
  const work = async () => {
    while (begun < count) {
      await act(begun++);
      done += 1;
      if (done % 50 === 0) tell(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Most are between the first departments, whose lists are then as long as those of a large department. */
function agree(city: City, index: number): Promise<unknown> {
  const [provider, consumer] = [providerOf(index), at(members, index * 3 + 1)];
  const parties = {
    provider: city.as(provider),
    consumer: city.as(consumer === provider ? at(members, index * 3 + 2) : consumer),
    authority: city.as('eitc'),
  };
  const terms = {
    fields: ['code', 'name'],
    purpose: 'bench',
    legalBasis: 'bench',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  };
  return conclude(parties, { resourceId: `r-${index}`, terms }, `BENCH-${index}`);
}

interface Sizes {
  readonly resources: number;
  readonly agreements: number;
}

async function measured(city: City, { resources, agreements }: Sizes): Promise<Figures[]> {
  const [reader, authority] = [city.as('tax'), city.as('eitc')];
  const { cursor } = await reader.call(routes.listResources, { query: { limit: 100 } });
  const asked: readonly [string, number, () => Promise<unknown>][] = [
    ['a page of 50 of the catalog', resources, () => reader.call(routes.listResources, {})],
    [
      'a page of 100, further on',
      resources,
      () => reader.call(routes.listResources, { query: { limit: 100, cursor } }),
    ],
    ['a search for two characters', resources, () => reader.call(routes.listResources, { query: { text: '街道' } })],
    [
      'a search for scattered words',
      resources,
      () => reader.call(routes.listResources, { query: { text: '企业信息 地址' } }),
    ],
    [
      'a search for nothing that is there',
      resources,
      () => reader.call(routes.listResources, { query: { text: '不存在的东西' } }),
    ],
    [
      'a branch, a cycle and a field',
      resources,
      () => reader.call(routes.listResources, { query: { category: '1-02', updateCycle: 'daily', field: '名称' } }),
    ],
    ['a page of 50 agreements of one department', agreements, () => reader.call(routes.listAgreements, {})],
    ['a page of 50 of all agreements', agreements, () => authority.call(routes.listAgreements, {})],
  ];
  const figures: Figures[] = [];
  for (const [note, rows, ask] of asked) figures.push(figureOf(note, rows, await timed(ask)));
  return figures;
}

async function timed(ask: () => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  for (let call = 0; call <= CALLS; call += 1) {
    const began = performance.now();
    await ask();
    if (call > 0) seconds.push((performance.now() - began) / 1000);
  }
  return seconds;
}

function figureOf(note: string, rows: number, seconds: readonly number[]): Figures {
  const slow = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length * 0.95)] ?? 0;
  return {
    case: catalogCase.name,
    system: note,
    rows,
    bytes: 0,
    runs: seconds.length,
    wallSeconds: median(seconds),
    rowsPerSecond: 1 / median(seconds),
    note: `${note}: median ${milliseconds(median(seconds))}, 95 % within ${milliseconds(slow)}`,
  };
}

const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;
