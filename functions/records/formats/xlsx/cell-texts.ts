import { plainDigits } from '../digits.ts';
import type { Foreign, Forms } from '../forms.ts';
import type { SerialShown } from './number-format.ts';
import { isoCellText, serialText } from './serial.ts';
import type { SheetCell } from './sheet-rows.ts';

/** What a cell says, in the form that its column reads. */
export class CellTexts {
  private readonly styles: readonly (SerialShown | undefined)[];
  private readonly from1904: boolean;

  constructor(styles: readonly (SerialShown | undefined)[], from1904: boolean) {
    this.styles = styles;
    this.from1904 = from1904;
  }

  text({ type, value, style }: SheetCell, forms: Forms): string | Foreign {
    switch (type) {
      case 'n':
        return this.number(value, this.styles[style], forms);
      case 'b':
        return truth(value, forms);
      case 'e':
        return forms.foreign(value);
      case 'd':
        return isoCellText(value, forms);
      default:
        return value;
    }
  }

  private number(value: string, shown: SerialShown | undefined, forms: Forms): string {
    const number = decimal(value);
    if (number === undefined) return value;
    return shown === undefined ? forms.number(plainDigits(number)) : serialText(number, shown, this.from1904, forms);
  }
}

/** XML Schema, part 2, `boolean`; what is none stands as it is. */
function truth(value: string, forms: Forms): string {
  const text = value.trim();
  if (text === '1' || text === 'true') return forms.boolean(true);
  return text === '0' || text === 'false' ? forms.boolean(false) : value;
}

/** XML Schema, part 2, `double`: digits of ten alone. */
function decimal(value: string): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' && !/[box]/i.test(value) ? number : undefined;
}
