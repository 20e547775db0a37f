"use strict";
// Tables are sorted, long ones searched. Of the longest, the page has all rows as data, and shows
// a page of them at a time.
const SEARCHED = 20;
const order = new Intl.Collator("en", { numeric: true }).compare;
for (const table of document.querySelectorAll("table.sorts")) enhance(table);

function enhance(table) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  const data = document.getElementById(table.dataset.rows), page = +table.dataset.page;
  let rows = null, chosen = null, start = 0, wanted = [], status = null;

  heads.forEach((head, column) => {
    const button = make("button", "", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column));
  });
  if (data || body.rows.length > SEARCHED) addTools();

  function all() {
    rows ??= data ? JSON.parse(data.textContent).map((cells) => ({ cells }))
      : [...body.rows].map((row) => ({ row }));
    return rows;
  }

  function key(row, column) {
    if (row.row) return row.row.cells[column].dataset.sort;
    const shown = text(row.cells[column]);
    if (!isNumber(heads[column])) return shown;
    return /^(–|n\/a)$/.test(shown) ? "" : shown.replace("−", "-").replace(/[,%]/g, "");
  }

  function sort(column) {
    const head = heads[column], first = isNumber(head) ? "descending" : "ascending";
    const other = isNumber(head) ? "ascending" : "descending";
    const now = head.getAttribute("aria-sort") === first ? other : first;
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", now);
    const sign = now === "ascending" ? 1 : -1, keyed = all().map((row) => [row, key(row, column)]);
    keyed.sort(([, a], [, b]) => {
      if (a === "" || b === "") return (a === "") - (b === "");
      return sign * (isNumber(head) ? a - b : order(a, b));
    });
    rows = keyed.map(([row]) => row);
    chosen = null;
    show(0);
  }

  function show(from) {
    chosen ??= wanted.length ? all().filter(fits) : all();
    start = from;
    const shown = data ? chosen.slice(start, start + page) : chosen;
    body.replaceChildren(...shown.map((row) => row.row ?? build(row)));
    if (status) tell(shown.length);
  }

  function fits(row) {
    row.text ??= fold(heads.map((head, column) => isNumber(head) ? "" : row.row
      ? row.row.cells[column].textContent : text(row.cells[column])).join(" "));
    return wanted.every((word) => row.text.includes(word));
  }

  function build({ cells }) {
    const row = document.createElement("tr");
    cells.forEach((cell, column) => {
      const { kind } = heads[column].dataset, number = isNumber(heads[column]);
      const made = make(column ? "td" : "th", number ? "number" : `of-${kind}`, column ? {} : { scope: "row" });
      made.dataset.name = heads[column].dataset.name;
      const place = number ? made : made.appendChild(document.createElement("bdi"));
      if (Array.isArray(cell)) place.append(Object.assign(make("a", ""), { textContent: cell[0], href: cell[1] }));
      else if (kind !== "hint") place.append(cell);
      else cell.split(/`([^`\n]+)`/).forEach((part, i) => place.append(
        i % 2 ? Object.assign(make("code", ""), { textContent: part }) : part));
      row.append(made);
    });
    return row;
  }

  function addTools() {
    const tools = make("div", "tools"), field = make("input", "", { type: "search", autocomplete: "off" });
    const label = make("label", "");
    label.append("Search ", field);
    status = make("span", "muted", { role: "status" });
    tools.append(label, status);
    if (data) {
      for (const [name, step] of [["Previous", -page], ["Next", page]]) {
        const button = make("button", "turn", { type: "button" });
        button.append(name);
        button.addEventListener("click", () => {
          chosen ??= all();
          const to = start + step;
          if (to >= 0 && to < chosen.length) show(to);
        });
        tools.append(button);
      }
    }
    field.addEventListener("input", () => {
      wanted = fold(field.value).split(/\s+/).filter(Boolean);
      chosen = null;
      show(0);
    });
    table.parentElement.before(tools);
    if (data) tell(body.rows.length, +table.dataset.all);
  }

  function tell(shown, of = chosen.length) {
    const from = shown ? start + 1 : 0;
    status.textContent = data ? `${from} to ${start + shown} of ${of}` : `${shown} of ${all().length}`;
    const turns = [start > 0, start + shown < of];
    status.parentElement.querySelectorAll(".turn").forEach(
      (button, i) => button.setAttribute("aria-disabled", !turns[i]));
  }
}

function make(name, kind, attributes = {}) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function isNumber(head) { return head.classList.contains("number"); }
function text(cell) { return Array.isArray(cell) ? cell[0] : cell; }
function fold(words) { return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }
