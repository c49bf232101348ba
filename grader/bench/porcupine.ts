/**
 * What Porcupine v1.3.0 (Go 1.23, with `Hash`, GOMAXPROCS=1, garbage collection included) took for files of its own test
 * data: the least processor time of a check over five batches, on a shared machine with two cores, in microseconds. It
 * was measured elsewhere: ratios to it are rough, and hold for the files named here, not for others.
 */
export const PORCUPINE_US: { readonly [file: string]: number } = {
  "kv/c01-ok.txt": 55,
  "kv/c01-bad.txt": 25,
  "kv/c50-ok.txt": 145_000,
  // The first bad key ends it, and which one that is, is luck: 6.6 to 30 ms. To show all keys it found no end in 10 s.
  "kv/c50-bad.txt": 6_600,
  "jepsen/etcd_000.log": 138,
  "jepsen/etcd_002.log": 129_000,
  "jepsen/etcd_007.log": 108_000,
  "jepsen/etcd_040.log": 9_100,
  "jepsen/etcd_057.log": 53_000,
};

/** Of its 102 logs of etcd, all together and the one in the middle, microseconds. */
export const PORCUPINE_ETCD = { files: 102, sumUs: 382_000, medianUs: 56 } as const;
