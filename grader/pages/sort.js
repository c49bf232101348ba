/* global document */
"use strict";

// Sorts and filters the table of students. Without it the table stands as it is.

const collator = new Intl.Collator("en", { numeric: true });

/** What a cell is sorted by: its figure, or else its text. */
function keyOf(row, column) {
  const cell = row.cells[column];
  const figure = cell.querySelector("data");
  return figure === null ? cell.textContent.trim() : Number(figure.value);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number" || typeof b === "number") return typeof a === "number" ? 1 : -1;
  return collator.compare(a, b);
}

function sortBy(table, heads, column) {
  const head = heads[column];
  const startsHigh = head.classList.contains("number");
  const now = head.getAttribute("aria-sort");
  const order =
    now === null
      ? startsHigh
        ? "descending"
        : "ascending"
      : now === "ascending"
        ? "descending"
        : "ascending";
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const body = table.tBodies[0];
  const sign = order === "ascending" ? 1 : -1;
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, column) }));
  rows.sort((a, b) => (a.key === "") - (b.key === "") || sign * compare(a.key, b.key));
  body.append(...rows.map(({ row }) => row));
}

function addButtons(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(table, heads, column));
    head.append(button);
  });
}

function addFilter(table) {
  const rows = [...table.tBodies[0].rows];
  const input = document.createElement("input");
  const label = document.createElement("label");
  const shown = document.createElement("output");
  input.type = "search";
  input.placeholder = "name or note";
  label.append("Find ", input);
  const texts = rows.map((row) => {
    const parts = [row.cells[0], row.cells[row.cells.length - 1]];
    return parts
      .map((cell) => cell.textContent)
      .join(" ")
      .replace(/\s+/g, " ")
      .toLowerCase();
  });
  const filter = () => {
    const sought = input.value.trim().toLowerCase();
    rows.forEach((row, i) => (row.hidden = !texts[i].includes(sought)));
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = sought === "" ? "" : `${count} of ${rows.length}`;
  };
  input.addEventListener("input", filter);
  const tools = document.createElement("p");
  tools.className = "tools";
  tools.append(label, " ", shown);
  table.parentElement.before(tools);
}

for (const table of document.querySelectorAll("table.sortable")) {
  addButtons(table);
  addFilter(table);
}
