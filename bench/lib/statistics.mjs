/** The value that a share of the values is at or below: 0.5 for the median. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** What a table says about the rounds of one measure. */
export function summary(values) {
  const middle = percentile(values, 0.5);
  const other = percentile(values, 0.5 + 0.5 / values.length);
  const median = values.length % 2 === 0 ? (middle + other) / 2 : middle;
  return { median, min: Math.min(...values), max: Math.max(...values) };
}
