import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { MASK, Violations } from '../check/violations.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { type AttachmentRule, attachmentField } from './attachments.ts';

/** The rejection report of attachments: a row for each that is rejected, its line the place in the archive. */
export class AttachmentReport {
  private readonly violations: Violations;
  private readonly output: Output;
  private readonly field: string;
  private readonly isHidden: boolean;

  constructor(sink: ByteSink, schema: TableSchema) {
    const { name = '', sensitivity } = attachmentField(schema) ?? {};
    this.output = new Output(sink);
    this.violations = new Violations(this.output);
    this.field = name;
    this.isHidden = sensitivity === 'personal' || sensitivity === 'sensitive';
  }

  add(place: number, rule: AttachmentRule, name: string): void {
    const value = this.isHidden ? MASK : name;
    this.violations.add(place, { rule, column: 0, field: this.field, value });
  }

  async finish(): Promise<{ readonly violations: ViolationCount[]; readonly reported: number }> {
    await this.output.finish();
    return { violations: this.violations.summary(), reported: this.violations.reported };
  }
}
