import type { Demand } from '../../../schemas/contracts/demands.ts';
import type { Theme } from '../../../schemas/contracts/themes.ts';
import { textOf } from './field-text.ts';

/** What a theme's workbook says of the theme: in its first row of data. */
const themeColumns = {
  themeId: '主题编号',
  name: '主题名称',
  nameEn: '主题英文名称',
  lead: '牵头部门',
  members: '成员部门',
  themePurpose: '主题用途',
} as const;

/** What it says of each demand; the last three are the hub's own and are not read back. */
const demandColumns = {
  title: '需求名称',
  fields: '信息项',
  description: '需求说明',
  from: '提供部门',
  resourceId: '信息资源',
  mode: '共享方式',
  frequency: '更新频率',
  purpose: '用途',
  legalBasis: '法律依据',
  neededBy: '需要日期',
  demander: '需求部门',
  demandId: '需求编号',
  state: '状态',
} as const;

export const headings = { ...themeColumns, ...demandColumns } as const;
export type ColumnKey = keyof typeof headings;
export const columnKeys = Object.keys(headings) as readonly ColumnKey[];

/** A line is a column's text by its key; what is left out is empty. */
export type Line = Readonly<Partial<Record<ColumnKey, string>>>;

/** The rows of a theme's workbook, in the order of `columnKeys`: a row for each demand, the theme in the first. */
export function rowsOf(theme: Theme, demands: readonly Demand[]): readonly (readonly string[])[] {
  const about: Line = {
    themeId: theme.themeId,
    name: theme.name,
    nameEn: theme.nameEn ?? '',
    lead: theme.lead,
    members: theme.members.join('; '),
    themePurpose: theme.purpose,
  };
  const lines =
    demands.length === 0 ? [about] : demands.map((demand, i) => ({ ...(i === 0 && about), ...line(demand) }));
  return lines.map((each) => columnKeys.map((key) => each[key] ?? ''));
}

const line = (demand: Demand): Line => ({
  title: demand.title,
  fields: textOf(demand.fields),
  description: demand.description ?? '',
  from: demand.from.join('; '),
  resourceId: demand.match?.resourceId ?? '',
  mode: demand.mode,
  frequency: demand.frequency,
  purpose: demand.purpose,
  legalBasis: demand.legalBasis,
  neededBy: demand.neededBy ?? '',
  demander: demand.demander,
  demandId: demand.demandId,
  state: demand.state,
});
