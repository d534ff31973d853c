import { randomUUID } from 'node:crypto';

/** Wall clock; verbs take it as an argument. */
export type Now = () => Date;
export const systemNow: Now = () => new Date();

/** Ids for what has no content to be named by. */
export type NewId = () => string;
export const randomId: NewId = () => randomUUID();
