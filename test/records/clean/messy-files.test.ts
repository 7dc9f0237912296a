import { expect, test } from '@jest/globals';
import { check } from '../support.ts';
import { messyFiles } from './messy-files.ts';
import { unseenFiles } from './unseen-files.ts';
import { cleaned, LEGAL_ENTITIES } from './support.ts';

test.each([...messyFiles(), ...unseenFiles()].map((file) => [file.kind, file] as const))(
  '%s: cleaned, every record is accepted',
  async (_, { bytes, records, answers = {}, says }) => {
    for (const name of Object.keys(answers)) {
      const open = await cleaned(
        bytes,
        LEGAL_ENTITIES,
        Object.fromEntries(Object.entries(answers).filter(([other]) => other !== name)),
      );
      expect(open).toMatchObject({ questions: [expect.objectContaining({ name })] });
    }
    const outcome = await cleaned(bytes, LEGAL_ENTITIES, answers);
    if (!('text' in outcome)) throw new Error(JSON.stringify(outcome));
    const { result, report } = await check(LEGAL_ENTITIES, outcome.text);
    expect({ result, report }).toMatchObject({
      result: { verdict: 'checked', rows: { read: records, accepted: records } },
      report: [],
    });
    if (says) expect(outcome.says.join('\n')).toMatch(says);
    expect(outcome.isUnchanged).toBe(false);
  },
);
