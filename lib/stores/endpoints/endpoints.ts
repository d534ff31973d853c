/** Serverless model endpoints of SageMaker, one a version. */
export interface Endpoints {
  /** Creates model, endpoint config and endpoint of that name, each unless it exists; does not wait. */
  deploy(wanted: EndpointWanted): Promise<void>;
  describe(name: string): Promise<EndpointState | undefined>;
  /** Deletes endpoint, config and model; true if the endpoint was there. */
  remove(name: string): Promise<boolean>;
  /** JSON in, JSON out; throws EndpointError. */
  invoke(name: string, payload: unknown): Promise<unknown>;
}

export interface EndpointWanted {
  readonly name: string;
  readonly image: string;
  readonly modelDataUrl: string;
  readonly roleArn: string;
  readonly memoryMb: number;
  readonly maxConcurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly model: string;
}

export interface EndpointState {
  readonly status: string;
  readonly failureReason?: string;
}
