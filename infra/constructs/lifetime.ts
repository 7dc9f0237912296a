import { RemovalPolicy } from 'aws-cdk-lib';
import type { Settings } from '../settings.ts';

/**
 * Stays when it leaves its stack, when it is replaced, and when its stack is deleted; not when the very deployment that
 * made it fails: what a failed creation kept would have the names that the next try needs (CloudFormation User Guide,
 * "DeletionPolicy attribute": RetainExceptOnCreate).
 */
export const STAYS = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** What becomes of things that leave their stack, or whose stack is deleted. */
export const lifetimeOf = ({ deletionProtection }: Pick<Settings, 'deletionProtection'>): RemovalPolicy =>
  deletionProtection ? STAYS : RemovalPolicy.DESTROY;

/**
 * Whether AWS is to refuse that stacks and table are deleted. It would refuse that of a creation that failed, too, and
 * neither the roll-back nor another try would get past it: so not in a first deployment.
 */
export const guarded = ({
  deletionProtection,
  firstDeployment,
}: Pick<Settings, 'deletionProtection' | 'firstDeployment'>): boolean => deletionProtection && !firstDeployment;
