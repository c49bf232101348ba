/**
 * A judge that is about to be killed: fills a sandbox of each kind that stands here with an endless loop, and says so. For the tests.
 *
 * @module
 */
import { tryWall, WALLS } from "../isolation/probe";
import { LIMITS } from "../isolation/node";
import { Cell } from "./cell";

const cells = WALLS.filter((wall) => tryWall(wall) === undefined).map((wall) => {
  const cell = new Cell(wall, LIMITS);
  cell.send({ kind: "suite", code: "" });
  cell.receive();
  cell.send({ kind: "suite", code: "for (;;);" });
  return cell;
});
process.stdout.write(`${cells.length}\n`);
setInterval(() => undefined, 1000);
