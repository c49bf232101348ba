import { scene, type QuorumRequest } from "../../../labs/kit/quorum";
import { Replicas } from "./stage";

const ENDS = "A coordinator ends each operation within its timeout, counted from its beginning (handout)";

const TIMEOUT = 400;

/** A coordinator may look at its clock in ticks. */
const GRACE = 100;

// All three are needed: two answer one after the other, late, and the third not at all.
scene(
  "an answer does not win more time",
  { lab: 6, servers: 3, W: 3, R: 3, puppets: [0, 1, 2], promise: "regular", timeout: TIMEOUT, points: 1 },
  (c) => {
    const replicas = new Replicas(c);
    const random = c.random("order");
    const coordinator = c.coordinator();
    const cases: readonly (readonly ["fetch" | "store", QuorumRequest])[] = [
      ["fetch", { kind: "read", key: "x" }],
      ["store", { kind: "write", key: "x", value: "1" }],
      ["store", { kind: "delete", key: "x" }],
    ];
    for (const [method, request] of cases) {
      coordinator.write("x", "0");
      const order = random.shuffle(c.servers);
      replicas.silence(method, ...order);
      const entry = coordinator.start(request);
      for (const id of order.slice(0, 2)) {
        c.watch(TIMEOUT * 0.45);
        replicas.listen(method, id);
      }
      const result = c.ended(entry);
      c.expect(
        result === (request.kind === "read" ? "failed" : "unknown"),
        ENDS,
        `two of three replicas have answered; a ${request.kind} ends with ${JSON.stringify(result)}`,
        coordinator.id,
      );
      const took = (entry.returnedAt ?? c.now) - entry.calledAt;
      const message = `two of three replicas have answered, and a ${request.kind} has ended after ${took.toFixed(0)} ms; the timeout is ${TIMEOUT} ms`;
      c.expect(took <= TIMEOUT + GRACE, ENDS, message, coordinator.id);
      replicas.speak();
    }
  },
);
