import { scene, type QuorumRequest } from "../../../labs/kit/quorum";
import { Replicas } from "./stage";

const ENDS = "A coordinator ends each operation within its timeout, and not long before (handout)";

/** A coordinator may look at its clock in ticks. */
const GRACE = 100;

// Replicas that the scene plays are silent for ever, or up to shortly before the end.
for (const timeout of [300, 2500]) {
  scene(
    `patience for ${timeout} ms`,
    { lab: 6, servers: 3, puppets: [0, 1, 2], promise: "regular", timeout, points: 2 },
    (c) => {
      const replicas = new Replicas(c);
      const coordinator = c.coordinator();
      coordinator.write("x", "0");
      const requests: readonly QuorumRequest[] = [
        { kind: "read", key: "x" },
        { kind: "write", key: "x", value: "1" },
        { kind: "delete", key: "y" },
      ];
      for (const method of ["fetch", "store", "fetch"] as const) {
        for (const request of requests) {
          if (request.kind === "read" && method === "store") continue; // it needs no store
          replicas.silence(method, ...c.servers);
          const result = coordinator.ask(request);
          c.expect(
            result === "failed" || result === "unknown",
            "Without answers there is no success (notes 000)",
            `nobody answers to a ${method}; a ${request.kind} ends with ${JSON.stringify(result)}`,
            coordinator.id,
          );
          const since = replicas.heard.length;
          const start = c.now;
          const entry = coordinator.start(request);
          c.watch(timeout * 0.6);
          const known = replicas.of(method, since).length;
          c.expect(
            c.pending(entry) && known > 0,
            ENDS,
            `nobody has answered to a ${method}; a ${request.kind} has ended after ${((entry.returnedAt ?? c.now) - start).toFixed(0)} ms with ${JSON.stringify(entry.result)}; the timeout is ${timeout} ms`,
            coordinator.id,
          );
          replicas.speak();
          for (const heard of replicas.of(method, since)) heard.answer();
          c.answered(entry);
        }
      }
      // The query takes most of the time; what is left must do for the rest.
      replicas.silence("fetch", ...c.servers);
      replicas.silence("store", ...c.servers);
      const since = replicas.heard.length;
      const write = coordinator.start({ kind: "write", key: "x", value: "end" });
      c.watch(timeout * 0.6);
      for (const heard of replicas.of("fetch", since)) heard.answer();
      const result = c.ended(write);
      c.expect(
        result === "unknown" && (write.returnedAt ?? c.now) <= write.calledAt + timeout + GRACE,
        ENDS,
        `nobody has acknowledged a write; it ends after ${((write.returnedAt ?? c.now) - write.calledAt).toFixed(0)} ms with ${JSON.stringify(result)}, and the timeout is ${timeout} ms`,
        coordinator.id,
      );
    },
  );
}
