import type { CreateModelInput, DeleteModelInput, DescribeModelInput } from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { invalid } from './errors.ts';
import { checkImage } from './images.ts';
import { required, requiredName, requiredRole, requiredUri, unsupported } from './input.ts';
import type { Tags } from './tags.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

/** What a model server needs of a model. */
export type Model = {
  readonly name: string;
  readonly dataUri: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A serverless endpoint cannot be in a VPC. */
  readonly inVpc: boolean;
};

export type Models = ResourceKind & {
  /** Undefined when there is none of the name. */
  readonly find: (name: string) => Model | undefined;
};

type Described = Omit<CreateModelInput, 'Tags'> & { ModelArn: string; CreationTime: number };

const parse = (input: CreateModelInput): Model => {
  const name = requiredName(input.ModelName, 'ModelName');
  requiredRole(input.ExecutionRoleArn, 'ExecutionRoleArn');
  unsupported(input.Containers, 'Containers');
  const container = required(input.PrimaryContainer, 'PrimaryContainer');
  checkImage(required(container.Image, 'PrimaryContainer.Image'), 'PrimaryContainer.Image');
  return {
    name,
    dataUri: requiredUri(container.ModelDataUrl, 'PrimaryContainer.ModelDataUrl'),
    environment: container.Environment ?? {},
    inVpc: input.VpcConfig !== undefined,
  };
};

export const createModels = (twin: Twin, tags: Tags): Models => {
  const models = new Map<string, { readonly model: Model; readonly described: Described }>();
  const find = (value: string | undefined) => {
    const name = requiredName(value, 'ModelName');
    const entry = models.get(name);
    if (!entry) throw invalid(`Could not find model "${arnOf('model', name)}".`);
    return entry;
  };
  return {
    find: (name) => models.get(name)?.model,
    actions: {
      CreateModel: async (input: CreateModelInput) => {
        const model = parse(input);
        const arn = arnOf('model', model.name);
        if (!(await twin.objects.exists(model.dataUri)))
          throw invalid(`Could not find model data at ${model.dataUri}.`);
        if (models.has(model.name)) throw invalid(`Cannot create already existing model "${arn}".`);
        const { Tags: given, ...rest } = input;
        tags.set(arn, given);
        models.set(model.name, {
          model,
          described: { ...rest, ModelArn: arn, CreationTime: epochSeconds(twin.nowMs()) },
        });
        return { ModelArn: arn };
      },
      DescribeModel: (input: DescribeModelInput) => find(input.ModelName).described,
      DeleteModel: (input: DeleteModelInput) => {
        const { model } = find(input.ModelName);
        models.delete(model.name);
        tags.drop(arnOf('model', model.name));
        return {};
      },
    },
    stop: async () => {},
  };
};
