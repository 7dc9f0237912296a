import { aPlace } from '../support/place.ts';
import { following } from './following.ts';

following(aPlace(), 1);
