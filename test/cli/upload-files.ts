import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { aDefinition } from '../support/builders.ts';
import { csvOf, legalEntities, type LegalEntity } from '../support/legal-entities.ts';

/** Files as stewards have them: each damaged in a way of its own. */
export const entities = (count: number): LegalEntity[] => legalEntities(count);

const wrongDigit = (code: string): string => code.replace(/.$/, (digit) => (digit === '7' ? '8' : '7'));

/** Five records with one fault each, on known lines. */
export function withFiveFaults(rows: readonly LegalEntity[]): LegalEntity[] {
  const damaged = rows.map((row) => ({ ...row }));
  damaged[9]!.org_code = wrongDigit(damaged[9]!.org_code);
  damaged[19]!.registration_no = wrongDigit(damaged[19]!.registration_no);
  damaged[29]!.approved_on = '2008-02-30';
  damaged[39]!.currency = 'RMB';
  damaged[49]!.phone = '12a4567890';
  return damaged;
}

/** A spreadsheet has been at it: days first, and numbers without their zeros. */
export const throughSpreadsheet = (rows: readonly LegalEntity[]): LegalEntity[] =>
  rows.map((row) => ({ ...row, approved_on: row.approved_on.split('-').toReversed().join('/') }));

export const withTitles = (rows: readonly LegalEntity[]): string =>
  csvOf(rows).replace('org_code,org_type,name', '组织机构代码,orgtype,name').replace(',currency,', ',ccy,');

export const withBrokenQuotes = (rows: readonly LegalEntity[]): string =>
  csvOf(rows)
    .split('\n')
    .map((line, index) => (index === 7 ? line.replace(',', ',"') : index === 8 ? `${line},surplus` : line))
    .join('\n');

export const withDuplicates = (rows: readonly LegalEntity[]): LegalEntity[] =>
  rows.map((row, index) => (index % 25 === 24 ? { ...row, org_code: rows[index - 1]!.org_code } : row));

/** GB18030 for texts whose characters are ASCII or of the GB2312 plane that `TextDecoder` can be asked for. */
export function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const known = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) known.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from(
    Array.from(text).flatMap((character) => known.get(character) ?? [...Buffer.from(character, 'ascii')]),
  );
}

/** Two columns, everything tolerated: what a file of many bad rows is checked against. */
export const aTolerantDefinition = (): ResourceDefinition =>
  aDefinition({
    provider: 'quality',
    tolerance: 1,
    schema: {
      fields: [
        { name: 'code', type: 'integer' },
        { name: 'day', type: 'date' },
      ],
    },
  } as never);

/** A report of the hub as it is saved: with a byte order mark. */
export const forSpreadsheets = (report: Uint8Array): Buffer => Buffer.concat([Buffer.from('\uFEFF'), report]);
