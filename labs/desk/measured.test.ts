import { expect } from "chai";
import picocolors from "picocolors";
import { measuredIn, type Measurement } from "../kit/scene/outcome";
import { measuredLines } from "./measured";

const plain = picocolors.createColors(false);

const log: Measurement = {
  what: "log read",
  claimed: "1 RTT, 1 write",
  measured: "1 RTT, 1 write",
  inAll: "2 calls, 3 writes",
  met: true,
};

const slow: Measurement = { ...log, measured: "3 RTT, 1 write", met: false };

describe("what was measured", () => {
  it("is one line for each thing: the first that is not what was claimed, or else the first", () => {
    const other = { ...log, what: "lease read" };
    const later = { ...log, inAll: "4 calls, 3 writes" };
    expect(measuredIn([{}, { measured: [log, other] }, { measured: [later] }])).to.deep.equal([log, other]);
    const worse = { ...slow, measured: "9 RTT, 1 write" };
    expect(measuredIn([{ measured: [log] }, { measured: [slow] }, { measured: [worse] }])).to.deep.equal([
      slow,
    ]);
  });

  it("stands in columns, none of them wider than a terminal", () => {
    const wide = { ...log, what: "follower read (ReadIndex)", claimed: "2 RTT, 0 writes" };
    expect(measuredLines([{ ...wide, measured: "2 RTT, 0 writes" }, slow], plain)).to.deep.equal([
      "  what                       claimed          measured         all servers",
      "✓ follower read (ReadIndex)  2 RTT, 0 writes  2 RTT, 0 writes  2 calls, 3 writes",
      "✗ log read                   1 RTT, 1 write   3 RTT, 1 write   2 calls, 3 writes",
    ]);
  });

  it("is nothing where nothing was measured", () => {
    expect(measuredLines(measuredIn([{}]), plain)).to.deep.equal([]);
  });
});
