import { alertAt, warnAt } from '../statistics/catalogue.ts';

/** The spec's threshold is in deviations of a number; what half of that is for a rate: 0.05 beside 0.1. */
export const RATE_PER_THRESHOLD = warnAt('rate-change') / warnAt('wasserstein');
/** Cohen's "small" effect, 0.2, beside 0.1: only rates near 0 or 1 reach it before they reach the other. */
export const COHEN_PER_THRESHOLD = warnAt('cohen-h') / warnAt('wasserstein');

/** Missing values matter when their share changes by two in a hundred and at least doubles (or halves) … */
export const MISSING_CHANGE = warnAt('missing-change');
export const MISSING_RATIO = 2;
/** … or when a tenth of all rows is concerned, whatever the ratio. */
export const MISSING_CHANGE_AT_ANY_RATIO = alertAt('missing-change');

/** A category that nobody has seen is a change of vocabulary from one row in a hundred. */
export const UNSEEN_SHARE = warnAt('unseen-share');
/** As are times that have not come yet when their rows do, where they at least double (or halve) … */
export const FUTURE_SHARE = warnAt('future-share');
/** … or a tenth of the rows, where times ahead are usual. */
export const FUTURE_CHANGE_AT_ANY_RATIO = 0.1;
