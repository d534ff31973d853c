import type { AddTagsInput, ListTagsInput, Tag } from '@aws-sdk/client-sagemaker';
import { required } from './input.ts';
import type { ResourceKind } from './twin.ts';

export type Tags = ResourceKind & {
  readonly set: (arn: string, tags: readonly Tag[] | undefined) => void;
  readonly of: (arn: string) => Readonly<Record<string, string | undefined>>;
  readonly drop: (arn: string) => void;
};

export const createTags = (): Tags => {
  const byArn = new Map<string, Map<string, string | undefined>>();
  const set = (arn: string, tags: readonly Tag[] = []) => {
    const known = byArn.get(arn) ?? new Map();
    for (const { Key, Value } of tags) known.set(required(Key, 'Tags.Key'), Value);
    byArn.set(arn, known);
  };
  const list = (arn: string) => [...(byArn.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value }));
  return {
    set,
    of: (arn) => Object.fromEntries(byArn.get(arn) ?? []),
    drop: (arn) => byArn.delete(arn),
    actions: {
      AddTags: (input: AddTagsInput) => {
        const arn = required(input.ResourceArn, 'ResourceArn');
        set(arn, input.Tags);
        return { Tags: list(arn) };
      },
      ListTags: (input: ListTagsInput) => ({ Tags: list(required(input.ResourceArn, 'ResourceArn')) }),
    },
    stop: async () => {},
  };
};
