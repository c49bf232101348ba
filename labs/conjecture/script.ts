import { z } from "zod";

const id = z.int("must be the number of a server or coordinator").min(0, "must be 0 or more");
const ids = z.array(id, "must be a list of replicas, such as [0, 1]");

const operation = {
  /** The coordinator: N is the first. */
  by: id,
  key: z.enum(["x", "y", "z"], `must be "x", "y" or "z"`).default("x"),
  /** The replicas that it reaches for the time being; absent: all. */
  reach: ids.optional(),
  /** Those that it reaches from the moment on when a write's version leaves, or a read is over; absent: as before. */
  then: ids.optional(),
  /** Ms to the next step, if that does not wait for the end of this one. */
  leave: z
    .int("must be a whole number of ms")
    .min(0, "must be 0 or more")
    .max(10_000, "must be at most 10000")
    .optional(),
};

const STEP = z.discriminatedUnion(
  "do",
  [
    z.strictObject({ do: z.literal("write"), ...operation }),
    z.strictObject({ do: z.literal("read"), ...operation }),
    z.strictObject({ do: z.literal("finish"), by: id }),
    z.strictObject({ do: z.literal("crash"), server: id }),
    z.strictObject({ do: z.literal("restart"), server: id }),
    z.strictObject({ do: z.literal("part"), servers: ids }),
    z.strictObject({ do: z.literal("heal") }),
    z.strictObject({
      do: z.literal("wait"),
      ms: z
        .int("must be a whole number of ms")
        .min(0, "must be 0 or more")
        .max(60_000, "must be at most 60000"),
    }),
  ],
  { error: "needs do, one of: write, read, finish, crash, restart, part, heal, wait" },
);

/** What happens in one try. */
export const SCRIPT = z.array(STEP, "must be a list of steps").max(100, "may have at most 100 steps");

/**
 * One thing that happens.
 *
 * - `write`, `read`: a coordinator does an operation, to its end unless `leave` says to go on before;
 * - `finish`: the coordinator reaches all replicas again, and its open operation ends;
 * - `crash`, `restart`: of a replica or a coordinator;
 * - `part`, `heal`: these replicas and the others no longer hear of each other, or do again; coordinators do not care;
 * - `wait`: time passes.
 */
export type Step = z.infer<typeof STEP>;
