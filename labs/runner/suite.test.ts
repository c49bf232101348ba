import { expect } from "chai";
import path from "node:path";
import { UsageError } from "../kit/program/errors";
import { COURSE } from "./fixtures/folder";
import { findSuite, listSuites, loadScenes, type SceneInfo, selectScenes } from "./suite";

const LABS = path.join(COURSE, "labs");
const HIDDEN = path.join(COURSE, "grader", "suites");

describe("suites", () => {
  it("are the numbered folders, titled by the handout or by their name", () => {
    expect(listSuites(LABS)).to.deep.include.members([
      { lab: 1, folder: path.join(LABS, "1-pretending"), title: "Pretending" },
      { lab: 2, folder: path.join(LABS, "2-own-faults"), title: "Own faults" },
    ]);
    expect(listSuites(HIDDEN, LABS).map(({ title }) => title)).to.deep.equal(["Pretending"]);
    expect(listSuites(path.join(COURSE, "nowhere"))).to.be.empty;
  });

  it("are found by their number; an unknown one lists those there are", () => {
    expect(findSuite(listSuites(LABS), "1").title).to.equal("Pretending");
    for (const text of ["7", "x", "1.0", "-1", ""]) {
      expect(() => findSuite(listSuites(LABS), text)).to.throw(
        UsageError,
        `no lab “${text}”; there are: 1 (Pretending), 2`,
      );
    }
  });

  it("give only their own scenes, however often they are loaded", () => {
    const names = (folder: string): string[] => loadScenes(folder).map(({ name }) => name);
    expect(names(path.join(HIDDEN, "1-pretending"))).to.deep.equal(["a hidden question"]);
    expect(names(path.join(LABS, "1-pretending")))
      .to.have.lengthOf(5)
      .and.not.include("a hidden question");
    expect(names(path.join(HIDDEN, "1-pretending"))).to.deep.equal(["a hidden question"]);
  });
});

describe("--only", () => {
  const needs = { file: "", exportName: "", methods: [] };
  const scenes = ["A leader", "a leader is deposed", "a vote"].map((name): SceneInfo => ({
    lab: 1,
    name,
    points: 0,
    challenge: false,
    needs,
  }));
  const names = (only: string | undefined): string[] => selectScenes(scenes, only).map(({ name }) => name);

  it("takes all scenes whose name contains the text, upper or lower case", () => {
    expect(names(undefined)).to.have.lengthOf(3);
    expect(names("LEADER IS")).to.deep.equal(["a leader is deposed"]);
    expect(names("a ")).to.have.lengthOf(3);
  });

  it("takes the one of exactly that name alone, so that a replay plays nothing else", () => {
    expect(names("a leader")).to.deep.equal(["A leader"]);
  });

  it("lists the names if nothing fits", () => {
    expect(() => names("quorum")).to.throw(UsageError, /contains “quorum”; the scenes are:\n {2}A leader\n/);
  });
});
