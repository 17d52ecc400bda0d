/** Numbers of 32 bits, the same on every machine (xorshift128). */
export function generator(seed) {
  let [a, b, c, d] = [seed, 362436069, 521288629, 88675123];
  return () => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
}
