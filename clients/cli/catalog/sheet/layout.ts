import type {
  Field,
  FieldType,
  FormatClass,
  Mode,
  Openness,
  ShareType,
  UpdateCycle,
} from '../../../../schemas/contracts/definition.ts';

/**
 * The columns of a catalog's workbook: those of the national guide's table (发改高技〔2017〕1272号, 附件 信息资源目录),
 * then the hub's own. A row is a field; what is said of the resource stands in its first row.
 */
export const resourceColumns = {
  category: '信息资源分类编码',
  title: '信息资源名称',
  titleEn: '信息资源英文名称',
  resourceId: '信息资源标识',
  provider: '提供方代码',
  description: '信息资源摘要',
  formatClass: '信息资源格式',
  shareType: '共享类型',
  shareCondition: '共享条件',
  legalBasis: '法律依据',
  modes: '共享方式',
  openType: '是否向社会开放',
  openCondition: '开放条件',
  updateCycle: '更新周期',
  related: '关联资源',
  themes: '主题',
  contactUnit: '联系单位',
  contactPhone: '联系电话',
  contactEmail: '联系邮箱',
  resourceMore: '资源其他属性（JSON）',
} as const;
export type ResourceColumn = keyof typeof resourceColumns;

const fieldColumns = {
  fieldTitle: '信息项名称',
  fieldTitleEn: '信息项英文名称',
  fieldName: '信息项标识',
  type: '数据类型',
  maxLength: '数据长度',
  required: '必填',
  key: '主键',
  sensitivity: '敏感级别',
  fieldShareType: '信息项共享类型',
  fieldProvider: '信息项提供方',
  group: '信息项分类',
  fieldMore: '信息项其他属性（JSON）',
} as const;
export type FieldColumn = keyof typeof fieldColumns;

/** What the hub knows by itself: shown, and not read back. */
const shownColumns = {
  categoryNames: '类／项／目／细目',
  resourceCode: '信息资源代码',
  providerName: '信息资源提供方',
  publishedOn: '发布日期',
} as const;

export const headings = { ...resourceColumns, ...fieldColumns, ...shownColumns } as const;
export type ColumnKey = keyof typeof headings;

/** In the order of the guide. */
export const columnKeys = [
  'category',
  'categoryNames',
  'title',
  'titleEn',
  'resourceId',
  'resourceCode',
  'provider',
  'providerName',
  'description',
  'formatClass',
  'fieldTitle',
  'fieldTitleEn',
  'fieldName',
  'type',
  'maxLength',
  'required',
  'key',
  'group',
  'fieldProvider',
  'sensitivity',
  'fieldShareType',
  'shareType',
  'shareCondition',
  'legalBasis',
  'modes',
  'openType',
  'openCondition',
  'updateCycle',
  'publishedOn',
  'related',
  'themes',
  'contactUnit',
  'contactPhone',
  'contactEmail',
  'fieldMore',
  'resourceMore',
] as const satisfies readonly ColumnKey[];

/** The words of a column whose values are codes. */
const words = {
  shareType: { unconditional: '无条件共享', conditional: '有条件共享', refused: '不予共享' } satisfies Record<
    ShareType,
    string
  >,
  updateCycle: {
    realtime: '实时',
    daily: '每日',
    weekly: '每周',
    monthly: '每月',
    quarterly: '每季度',
    semiannual: '每半年',
    yearly: '每年',
    irregular: '不定期',
  } satisfies Record<UpdateCycle, string>,
  formatClass: {
    'electronic-file': '电子文件',
    spreadsheet: '电子表格',
    database: '数据库',
    graphics: '图形图像',
    streaming: '流媒体',
    'self-describing': '自描述格式',
  } satisfies Record<FormatClass, string>,
  modes: { delivery: '文件交付', lookup: '接口查询', comparison: '比对核实' } satisfies Record<
    (typeof Mode)['options'][number],
    string
  >,
  openType: { yes: '是', conditional: '有条件', no: '否' } satisfies Record<Openness['type'], string>,
  sensitivity: { public: '公开', internal: '内部', personal: '个人', sensitive: '敏感' } satisfies Record<
    Field['sensitivity'],
    string
  >,
  type: {
    string: '字符型',
    integer: '整数型',
    number: '数值型',
    boolean: '布尔型',
    date: '日期型',
    datetime: '日期时间型',
    time: '时间型',
    year: '年份',
    yearmonth: '年月',
    geopoint: '坐标点',
    geojson: '地理要素',
    any: '任意',
  } satisfies Record<FieldType, string>,
} as const;
export type CodedColumn = keyof typeof words;

export const YES = '是';

/** A code as people read it. */
export const wordFor = (column: CodedColumn, code: string): string =>
  (words[column] as Readonly<Record<string, string>>)[code] ?? code;

/** The code that a word, or the code itself, stands for; undefined where it stands for none. */
export const codeFor = (column: CodedColumn, text: string): string | undefined =>
  Object.entries(words[column]).find(([code, word]) => text === word || text === code)?.[0];

/** The words that a column takes, for whoever wrote another. */
export const choicesOf = (column: CodedColumn): readonly string[] => Object.values(words[column]);
