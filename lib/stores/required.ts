import { NotFoundError } from '../domain/errors.ts';
import type { Head } from '../domain/registry/head.ts';
import type { ModelSpec } from '../domain/spec.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Registry } from './registry/registry.ts';
import { sk } from './registry/sort-keys.ts';

/** The noun at a sort key, or NotFoundError. */
export async function requiredItem<T>(registry: Registry, model: string, key: string): Promise<T> {
  const item = await registry.get<T>(model, key);
  if (item === undefined) throw new NotFoundError(`model ${model} has no item ${key}`);
  return item;
}

/** The head of a model that lives, or NotFoundError: nothing goes on for a deleted one. */
export async function requiredHead(registry: Registry, model: string): Promise<Head> {
  return known(model, await registry.head(model));
}

/** The head that a decision got, or NotFoundError. */
export function known(model: string, head: Head | undefined): Head {
  if (head === undefined || head.deleted === true) throw new NotFoundError(`model ${model} is not known`);
  return head;
}

export function requiredSpec(registry: Registry, model: string, specHash: string): Promise<ModelSpec> {
  return requiredItem<ModelSpec>(registry, model, sk.spec(specHash));
}

/** A JSON document of a bucket, or NotFoundError. */
export async function requiredJson<T>(store: ObjectStore, key: string): Promise<T> {
  const document = await store.getJson<T>(key);
  if (document === undefined) throw new NotFoundError(`object ${store.uri(key)} does not exist`);
  return document;
}

/** Downloads an object, or throws NotFoundError. */
export async function requiredFile(
  store: ObjectStore,
  key: string,
  file: string,
  versionId?: string,
): Promise<void> {
  if (!(await store.download(key, file, versionId)))
    throw new NotFoundError(`object ${store.uri(key)} does not exist`);
}
