/** Three consumers, three different grants on the same resource. */
const common = {
  legalBasis: '政务数据共享条例 第十二条',
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
};

export const grants = [
  {
    consumer: 'tax',
    says: 'Beijing’s rows',
    terms: {
      ...common,
      fields: ['code', 'name', 'areaCode', 'provinceCode', 'cityCode'],
      filter: [{ field: 'provinceCode', op: 'eq', value: '11' }],
      format: 'csv',
      purpose: 'addresses of taxpayers',
    },
  },
  {
    consumer: 'district-xicheng',
    says: 'its own prefix, ndjson',
    terms: {
      ...common,
      fields: ['code', 'name'],
      filter: [{ field: 'code', op: 'prefix', value: '110102' }],
      format: 'ndjson',
      purpose: 'street offices of the district',
    },
  },
  {
    consumer: 'emergency',
    says: 'all rows, two fields',
    terms: { ...common, fields: ['name', 'code'], format: 'csv', purpose: 'places in incident reports' },
  },
] as const;
