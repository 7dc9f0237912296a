import { aPlace } from '../support/place.ts';
import { following } from './following.ts';
import { watching } from './watch.ts';

const at = aPlace();
watching(at);
following(at, 5);
