/** A class or a number; classes compare as text, so that true, "true" and a JSON key are one class. */
export type Label = boolean | number | string;

/** One row of a holdout, or one prediction whose label came. */
export interface EvaluatedRow {
  readonly label: Label;
  readonly prediction: {
    /** The predicted class, or the predicted number. */
    readonly label: Label;
    /** Binary: probability (0–1) of the positive class. Multiclass: of the predicted one. Regression: the number. */
    readonly score: number;
    /** Probability (0–1) of each class. */
    readonly probabilities?: Readonly<Record<string, number>>;
  };
}
