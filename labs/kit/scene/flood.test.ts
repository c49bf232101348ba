import { expect } from "chai";
import type { WorldView } from "../trace";
import { FloodMonitor } from "./flood";

describe("the flood monitor", () => {
  it("lets a run have its share of inputs, and not one more", () => {
    const monitor = new FloodMonitor(3);
    const world = {} as WorldView; // it looks at nothing but the inputs
    const input = (server: number): void => monitor.onInput(world, server, { kind: "timer", name: "t" });
    for (const server of [0, 1, 1]) input(server);
    const captured = monitor.capture();
    expect(() => input(1)).to.throw(/more than 3 messages .*server 0 1, server 1 3/);
    monitor.restore(captured);
    expect(() => input(0)).to.throw(/server 0 2, server 1 2/);
  });
});
