import type { Kind } from '../../kinds/codes.ts';
import { numberWithUnit } from '../../kinds/numbers.ts';
import type { Mender } from './mender.ts';

/** Digits with a point, as the field writes them. */
const inOwnForm =
  (plain: (text: string) => string | undefined): Mender =>
  (text, { column }) => {
    const digits = plain(text);
    return digits?.replace('.', column.field.decimalChar ?? '.');
  };

const pointZero: Mender = (text) => text.replace(/[.,]0+$/, '');

export const NUMBER_MENDERS: Readonly<Partial<Record<Kind, Mender>>> = {
  'thousands-separators': inOwnForm((text) => text.replaceAll(/[^\d.+-]/g, '')),
  'decimal-comma': inOwnForm((text) => text.replaceAll('.', '').replace(',', '.')),
  'accounting-negative': inOwnForm((text) => `-${text.slice(1, -1).replaceAll(',', '')}`),
  // A share is a hundredth of its digits, which nobody means who writes 12.
  unit: (text, ready, settings) =>
    ready.column.field.type === 'year'
      ? text.replace(/年度?$/, '')
      : /[%％‰]$/.test(text)
        ? undefined
        : inOwnForm(numberWithUnit)(text, ready, settings),
  'point-zero': pointZero,
};
