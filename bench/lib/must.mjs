/** What a measure has to show. Each gets the medians of Syncline and of its peer, if there is one. */

/** At most a share of what the peer takes; {@code words} as in "1/4". */
export function atMostOfPeer(share, words) {
  return { text: `≤ ${words} of the peer`, compares: true, met: (ours, peer) => ours <= share * peer };
}

export const noMoreThanPeer = {
  text: "≤ the peer",
  compares: true,
  met: (ours, peer) => ours <= peer,
};

export const noLessThanPeer = {
  text: "≥ the peer",
  compares: true,
  met: (ours, peer) => ours >= peer,
};

/** A limit of its own, whatever the peer does. */
export function atMost(limit, unit = "") {
  return { text: `≤ ${limit.toLocaleString("en")} ${unit}`.trim(), met: (ours) => ours <= limit };
}

export function below(limit, unit) {
  return { text: `< ${limit} ${unit}`, met: (ours) => ours < limit };
}

export function atLeast(limit, unit = "") {
  return { text: `≥ ${limit.toLocaleString("en")} ${unit}`.trim(), met: (ours) => ours >= limit };
}

/** Two at once. */
export function both(one, other) {
  return {
    text: `${one.text}, ${other.text}`,
    compares: one.compares || other.compares,
    met: (ours, peer) => one.met(ours, peer) && other.met(ours, peer),
  };
}
