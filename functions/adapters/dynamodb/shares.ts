import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Shares } from '../../kernel/ports.ts';
import { latestOf, momentOf, spacingOf, take, type Share, type UsedUpTo } from '../../kernel/share.ts';
import { keyOf } from './table/keys.ts';
import type { Table } from './table/reads.ts';

/** Other environments may take calls between a look and a write; then it is tried with what was met. */
const TRIES = 3;

/**
 * Counts in the table, so that a share is one over all functions and environments: one write a call. A share is never
 * used less than it was, so what an environment has seen of it is enough to refuse: a flood costs what it is granted,
 * and little more.
 */
export function dynamoShares(table: Table, share: Share): Shares {
  const seen = new Map<DepartmentId, UsedUpTo>();
  return {
    async take(department, at) {
      const now = momentOf(at);
      for (let tries = 1; tries <= TRIES; tries++) {
        const before = seen.get(department);
        const taken = take(share, before, now);
        if (!taken.granted) return taken;
        const { moved, usedUpTo } = await move(table, share, { department, now, atRest: (before ?? 0) < now });
        // Answers may overtake one another.
        seen.set(department, Math.max(usedUpTo, seen.get(department) ?? 0));
        if (moved) return taken;
      }
      // Each time there was room, and somebody was quicker.
      return { granted: true };
    },
  };
}

interface Turn {
  readonly department: DepartmentId;
  readonly now: UsedUpTo;
  /** As far as this environment knows. */
  readonly atRest: boolean;
}

/** Moves a share on by one call, or says up to when it is used where it is not as it was thought to be. */
async function move(
  { client, name }: Table,
  share: Share,
  { department, now, atRest }: Turn,
): Promise<{ readonly moved: boolean; readonly usedUpTo: UsedUpTo }> {
  const change = { TableName: name, Key: keyOf.share(department), ...(atRest ? begin(share, now) : goOn(share, now)) };
  try {
    const { Attributes } = await client.send(
      new UpdateCommand({
        ...change,
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { moved: true, usedUpTo: Attributes?.['usedUpTo'] as number };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The document client leaves items of errors as they came.
    return { moved: false, usedUpTo: Number(error.Item?.['usedUpTo']?.N ?? 0) };
  }
}

const begin = (share: Share, now: UsedUpTo) => ({
  UpdateExpression: 'SET usedUpTo = :next, kind = :kind',
  ConditionExpression: 'attribute_not_exists(usedUpTo) OR usedUpTo < :now',
  ExpressionAttributeValues: { ':next': now + spacingOf(share), ':now': now, ':kind': 'share' },
});

const goOn = (share: Share, now: UsedUpTo) => ({
  UpdateExpression: 'SET usedUpTo = usedUpTo + :spacing',
  ConditionExpression: 'usedUpTo BETWEEN :now AND :latest',
  ExpressionAttributeValues: { ':spacing': spacingOf(share), ':now': now, ':latest': latestOf(share, now) },
});
