/** What a measure has to show. Each gets the medians of both servers. */

/** At most a share of what the reference takes; {@code words} as in "1/4". */
export function atMostOfReference(share, words) {
  return { text: `≤ ${words} of the reference`, met: (ours, reference) => ours <= share * reference };
}

export const noMoreThanReference = {
  text: "≤ the reference",
  met: (ours, reference) => ours <= reference,
};

export const noLessThanReference = {
  text: "≥ the reference",
  met: (ours, reference) => ours >= reference,
};

/** A limit of its own, whatever the reference does. */
export function atMost(limit, unit = "") {
  return { text: `≤ ${limit.toLocaleString("en")} ${unit}`.trim(), met: (ours) => ours <= limit };
}

export function below(limit, unit) {
  return { text: `< ${limit} ${unit}`, met: (ours) => ours < limit };
}
