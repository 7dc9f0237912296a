import { people } from './personal.ts';

type Sensitivity = 'public' | 'internal' | 'personal' | 'sensitive';

interface Class {
  readonly group: string;
  /** The department that these fields come from. */
  readonly provider: string;
  readonly fields: readonly string[];
  readonly sensitivity?: Sensitivity;
  readonly shareType?: 'unconditional' | 'conditional' | 'refused';
}

/** The register's 25 classes: 89 fields of 13 departments. What is more delicate than its class stands below. */
export const classes: readonly Class[] = [
  { group: '基本身份', provider: 'public-security', fields: ['id_no', 'name', 'sex', 'born'], sensitivity: 'personal' },
  {
    group: '户籍',
    provider: 'public-security',
    fields: ['household_no', 'household_address', 'household_type', 'household_division'],
  },
  {
    group: '居住',
    provider: 'public-security',
    fields: ['residence_address', 'residence_division', 'residence_since'],
  },
  {
    group: '出入境',
    provider: 'public-security',
    fields: ['passport_no', 'last_exit', 'last_entry'],
    sensitivity: 'sensitive',
    shareType: 'refused',
  },
  {
    group: '机动车驾驶',
    provider: 'public-security',
    fields: ['licence_no', 'licence_class', 'licence_valid_to', 'licence_points'],
  },
  {
    group: '婚姻',
    provider: 'civil-affairs',
    fields: ['marital_status', 'married_on', 'spouse_id_no'],
    sensitivity: 'sensitive',
  },
  {
    group: '收养',
    provider: 'civil-affairs',
    fields: ['adoption_no', 'adopted_on', 'adoption_state'],
    sensitivity: 'sensitive',
    shareType: 'refused',
  },
  {
    group: '社会救助',
    provider: 'civil-affairs',
    fields: ['relief_type', 'relief_since', 'relief_amount', 'relief_division'],
    sensitivity: 'personal',
  },
  { group: '殡葬', provider: 'civil-affairs', fields: ['died_on', 'cremation_no', 'burial_place'] },
  {
    group: '出生',
    provider: 'health',
    fields: ['birth_certificate_no', 'birth_hospital', 'birth_weight'],
    sensitivity: 'personal',
  },
  {
    group: '健康档案',
    provider: 'health',
    fields: ['health_record_no', 'blood_type', 'chronic_disease'],
    sensitivity: 'sensitive',
  },
  {
    group: '新闻记者',
    provider: 'press',
    fields: ['press_card_no', 'press_unit', 'press_valid_to'],
    sensitivity: 'public',
  },
  {
    group: '养老保险',
    provider: 'social-security',
    fields: ['pension_no', 'pension_since', 'pension_status', 'pension_base'],
  },
  {
    group: '医疗保险',
    provider: 'social-security',
    fields: ['medical_no', 'medical_type', 'medical_status', 'medical_hospital'],
  },
  {
    group: '失业',
    provider: 'social-security',
    fields: ['jobless_no', 'jobless_since', 'jobless_benefit'],
    sensitivity: 'personal',
  },
  { group: '就业', provider: 'social-security', fields: ['employer', 'employed_since', 'occupation', 'contract_to'] },
  {
    group: '房屋',
    provider: 'housing',
    fields: ['property_no', 'property_address', 'property_area', 'property_since'],
    sensitivity: 'personal',
  },
  { group: '住房公积金', provider: 'housing', fields: ['fund_no', 'fund_status', 'fund_base'] },
  { group: '纳税', provider: 'tax', fields: ['taxpayer_no', 'tax_office', 'declared_on', 'tax_status'] },
  {
    group: '企业任职',
    provider: 'commerce',
    fields: ['firm_code', 'firm_name', 'firm_role', 'firm_since'],
    sensitivity: 'public',
  },
  {
    group: '司法执行',
    provider: 'court-shijingshan',
    fields: ['case_no', 'enforcement_state', 'travel_restriction'],
    sensitivity: 'sensitive',
  },
  {
    group: '空间位置',
    provider: 'planning',
    fields: ['grid_code', 'plot_code', 'community_code', 'building_code'],
    shareType: 'unconditional',
  },
  { group: '文化服务', provider: 'culture', fields: ['library_card', 'library_since', 'artist_title', 'artist_since'] },
  {
    group: '应急志愿',
    provider: 'emergency',
    fields: ['volunteer_no', 'volunteer_skill', 'volunteer_team', 'volunteer_since'],
  },
  {
    group: '检验资格',
    provider: 'quality',
    fields: ['inspector_no', 'inspector_class', 'inspector_unit', 'inspector_valid_to'],
    sensitivity: 'public',
  },
];

/** More delicate than the rest of their class. */
const delicate: Readonly<Record<string, Sensitivity>> = {
  household_address: 'personal',
  residence_address: 'personal',
  licence_no: 'personal',
  pension_base: 'personal',
  fund_base: 'personal',
};

export const populationDefinition = {
  title: '人口基础信息',
  titleEn: 'Population register',
  description: 'One row for each person, from thirteen departments.',
  provider: 'public-security',
  themes: ['population'],
  shareType: 'conditional',
  shareCondition: 'for the consumer’s own statutory duties',
  legalBasis: '政务数据共享条例 第十二条',
  updateCycle: 'daily',
  schema: {
    primaryKey: ['id_no'],
    fields: classes.flatMap(({ group, provider, fields, sensitivity = 'internal', shareType }) =>
      fields.map((name) => ({
        name,
        type: name === 'born' ? 'date' : 'string',
        group,
        provider,
        sensitivity: delicate[name] ?? sensitivity,
        ...(shareType && { shareType }),
        ...(name === 'id_no' && { check: 'gb11643', constraints: { required: true, unique: true } }),
      })),
    ),
  },
};

export type PersonRow = Readonly<Record<string, string>>;

/** The same people for the same seed; what is not about their identity says field and row. */
export function population(count: number, seed = 7): PersonRow[] {
  const unique = new Map(people(count, seed).map((person) => [person.id_no, person]));
  return [...unique.values()].map(({ id_no, name, born, home, area }, index) => ({
    ...Object.fromEntries(populationDefinition.schema.fields.map((field) => [field.name, `${field.name}-${index}`])),
    id_no,
    name,
    born,
    household_address: home,
    household_division: area,
  }));
}

export const populationCsv = (
  rows: readonly PersonRow[],
  fields: readonly string[] = populationDefinition.schema.fields.map(({ name }) => name),
): string => [fields.join(','), ...rows.map((row) => fields.map((field) => row[field] ?? '').join(',')), ''].join('\n');
