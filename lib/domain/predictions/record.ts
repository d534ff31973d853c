/** What a model says about one row. */
export interface PredictionOutput {
  readonly label: string | number | boolean;
  /** Binary: probability (0–1) of the positive class; multiclass: of the label; regression: the number itself. */
  readonly score: number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** One served prediction, as the prediction log keeps it. */
export interface PredictionRecord {
  readonly predictionId: string;
  /** The caller's own id of the row. */
  readonly id?: string;
  /** ISO 8601 UTC; the time of receipt where the row has none. */
  readonly eventTime: string;
  readonly receivedAt: string;
  readonly version: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly feature: Readonly<Record<string, unknown>>;
  readonly output: PredictionOutput;
  /** From receipt to the model's answer, of the call that the row came in. */
  readonly latencyMs: number;
}
