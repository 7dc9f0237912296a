import { RemovalPolicy } from 'aws-cdk-lib';
import type { Settings } from '../settings.ts';

/** What becomes of things that leave their stack, or whose stack is deleted. */
export const lifetimeOf = ({ deletionProtection }: Pick<Settings, 'deletionProtection'>): RemovalPolicy =>
  deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
