// Figure entry as in a spreadsheet, on a native table of inputs: keys, ranges, copy, paste,
// fill down and undo. Without this script the table is an ordinary form.

const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Bring pasted text to plain form: full-width digits, separators, (0.6), stray spaces. */
export function normalise(text) {
  let plain = text.normalize("NFKC").replace(/[\u2212\u2013\u2014]/g, "-").trim();
  if (/^\(.+\)$/.test(plain)) plain = "-" + plain.slice(1, -1);
  if (/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replaceAll(",", "");
  return plain;
}

/** Split pasted text into rows of cells; a last empty line is none. */
export function parseBlock(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.split("\t"));
}

class Grid {
  constructor(table) {
    this.table = table;
    this.anchor = null;
    this.focus = null;
    this.undone = [];
    this.done = [];
    this.dirty = false;
    this.before = new Map();
    table.addEventListener("focusin", (event) => this.entered(event));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("mousedown", (event) => this.pressed(event));
    table.addEventListener("change", (event) => this.changed(event));
    table.addEventListener("paste", (event) => this.paste(event));
    table.addEventListener("copy", (event) => this.copy(event));
    const add = document.querySelector(`[data-add-row="${table.id}"]`);
    add?.addEventListener("click", () => this.addRow());
    table.form = table.closest("form");
    table.form?.addEventListener("submit", () => { this.dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (this.dirty) event.preventDefault(); });
  }

  rows() { return this.table.tBodies[0].rows; }

  field(row, column) {
    return this.rows()[row]?.cells[column]?.querySelector("input:not([type=hidden]), select") ?? null;
  }

  place(element) {
    const cell = element.closest("td");
    return cell ? { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex } : null;
  }

  entered(event) {
    const place = this.place(event.target);
    if (!place) return;
    this.focus = place;
    if (!this.extending) this.anchor = place;
    this.before.set(event.target, event.target.value);
    event.target.select?.();
    this.paint();
    this.tell(event.target);
  }

  pressed(event) {
    const place = this.place(event.target);
    if (event.shiftKey && place && this.anchor) {
      event.preventDefault();
      this.focus = place;
      this.paint();
    }
  }

  range() {
    const a = this.anchor ?? this.focus;
    const b = this.focus;
    return {
      top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row),
      left: Math.min(a.column, b.column), right: Math.max(a.column, b.column),
    };
  }

  paint() {
    for (const cell of this.table.querySelectorAll("td.selected")) cell.classList.remove("selected");
    if (!this.focus) return;
    const { top, bottom, left, right } = this.range();
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) this.rows()[row]?.cells[column]?.classList.add("selected");
    }
  }

  tell(element) {
    const status = document.querySelector("[data-grid-status]");
    const note = element.closest("td")?.dataset.finding ?? "";
    if (status) status.textContent = note || status.dataset.idle || "";
  }

  key(event) {
    if (!this.focus) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "z") return this.stop(event, () => this.undo());
    if (control && event.key.toLowerCase() === "y") return this.stop(event, () => this.redo());
    if (control && event.key.toLowerCase() === "d") return this.stop(event, () => this.fillDown());
    if (event.key === "Delete" && this.several()) return this.stop(event, () => this.clear());
    if (event.key === "Enter") return this.stop(event, () => this.move(event.shiftKey ? -1 : 1, 0, false));
    const step = KEYS[event.key];
    if (!step || event.target.tagName === "SELECT") return undefined;
    const atEdge = event.target.selectionStart === event.target.selectionEnd &&
      (step[1] < 0 ? event.target.selectionStart === 0 : event.target.selectionEnd === event.target.value.length);
    const whole = event.target.selectionStart === 0 && event.target.selectionEnd === event.target.value.length;
    if (step[0] || event.shiftKey || atEdge || whole) this.stop(event, () => this.move(step[0], step[1], event.shiftKey));
    return undefined;
  }

  stop(event, act) {
    event.preventDefault();
    act();
  }

  several() {
    const { top, bottom, left, right } = this.range();
    return top !== bottom || left !== right;
  }

  move(down, right, extend) {
    let { row, column } = this.focus;
    do {
      row += down;
      column += right;
    } while (this.rows()[row]?.cells[column] && !this.field(row, column));
    const next = this.field(row, column);
    if (!next) return;
    this.extending = extend;
    next.focus();
    this.extending = false;
  }

  /** Write values as one step that can be undone; return how many a code list refused. */
  write(changes) {
    const step = [];
    let refused = 0;
    for (const [element, value] of changes) {
      const from = element.value;
      if (from === value) continue;
      if (!this.put(element, value)) refused += 1;
      if (element.value !== from) step.push({ element, from, to: element.value });
    }
    if (step.length) {
      this.done.push(step);
      this.undone = [];
      this.dirty = true;
    }
    return refused;
  }

  /** Set a value; a list accepts a code, "code name" or the name. False if it knows none. */
  put(element, value) {
    let known = true;
    if (element.tagName === "SELECT") {
      const name = value.trim();
      const code = name.split(/\s/)[0].toUpperCase();
      const options = [...element.options];
      const found = options.find((option) => option.value.toUpperCase() === code)
        ?? options.find((option) => name && option.text.trim().split(/\s/).at(-1) === name);
      if (found) element.value = found.value;
      known = found !== undefined;
    } else element.value = value;
    // what stands here now is what a later edit is compared with, also after undo
    this.before.set(element, element.value);
    const cell = element.closest("td");
    cell.classList.remove("bad", "warn");
    element.removeAttribute("aria-invalid");
    return known;
  }

  changed(event) {
    const from = this.before.get(event.target) ?? "";
    const to = event.target.tagName === "SELECT" ? event.target.value : normalise(event.target.value);
    event.target.value = to;
    if (from !== to) {
      this.done.push([{ element: event.target, from, to }]);
      this.undone = [];
      this.dirty = true;
      this.before.set(event.target, to);
      event.target.closest("td").classList.remove("bad", "warn");
    }
  }

  undo() {
    const active = document.activeElement;
    if (this.table.contains(active)) this.changed({ target: active });
    const step = this.done.pop();
    if (!step) return;
    for (const { element, from } of step) this.put(element, from);
    this.undone.push(step);
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return;
    for (const { element, to } of step) this.put(element, to);
    this.done.push(step);
  }

  fillDown() {
    const { top, bottom, left, right } = this.range();
    const from = top === bottom ? top - 1 : top;
    const changes = [];
    for (let column = left; column <= right; column += 1) {
      const source = this.field(from, column);
      if (!source) continue;
      for (let row = from + 1; row <= bottom; row += 1) {
        const target = this.field(row, column);
        if (target) changes.push([target, source.value]);
      }
    }
    this.write(changes);
  }

  clear() {
    const { top, bottom, left, right } = this.range();
    const changes = [];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const field = this.field(row, column);
        if (field && field.tagName === "INPUT") changes.push([field, ""]);
      }
    }
    this.write(changes);
  }

  copy(event) {
    if (!this.focus || !this.several()) return;
    const { top, bottom, left, right } = this.range();
    const lines = [];
    for (let row = top; row <= bottom; row += 1) {
      const cells = [];
      for (let column = left; column <= right; column += 1) cells.push(this.field(row, column)?.value ?? "");
      lines.push(cells.join("\t"));
    }
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  }

  paste(event) {
    if (!this.focus) return;
    const block = this.spread(parseBlock(event.clipboardData.getData("text/plain")));
    event.preventDefault();
    const { top, left } = this.range();
    const changes = [];
    let outside = 0;
    block.forEach((cells, down) => {
      if (!this.rows()[top + down]) this.addRow();
      cells.forEach((text, across) => {
        const field = this.field(top + down, left + across);
        if (field) changes.push([field, field.tagName === "SELECT" ? text : normalise(text)]);
        else if (text.trim()) outside += 1;
      });
    });
    const lost = outside + this.write(changes);
    const width = Math.max(...block.map((cells) => cells.length));
    this.say("pasted", { rows: block.length, columns: width });
    if (lost) this.say("lost", { count: lost });
  }

  /** One copied value fills a whole selected range, as in a spreadsheet. */
  spread(block) {
    if (block.length > 1 || block[0].length > 1 || !this.several()) return block;
    const { top, bottom, left, right } = this.range();
    return Array.from({ length: bottom - top + 1 }, () => Array(right - left + 1).fill(block[0][0]));
  }

  /** Tell what happened in the live status line; sentences stand in its data-* attributes. */
  say(kind, values) {
    const status = document.querySelector("[data-grid-status]");
    const sentence = status?.dataset[kind];
    if (sentence) status.textContent = sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  addRow() {
    const template = document.getElementById(`${this.table.id}-row`);
    if (!template) return;
    const number = this.rows().length;
    const row = template.content.firstElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace("__row__", number);
    row.querySelector(".row-number")?.replaceChildren(String(number + 1));
    this.table.tBodies[0].append(row);
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) new Grid(table);
