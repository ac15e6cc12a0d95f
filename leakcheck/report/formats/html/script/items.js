// The tables of items: sorted by their heads, a page at a time, each row opening to its evidence.
const FIRST_ROWS = 25;
const MORE_ROWS = 200;
const LONG_NAME = 32;

const COLUMNS = [
  { name: "Item", key: (item) => item, first: 1 },
  { name: "Kind", key: (item) => evidence.kind[bestOf(item)], first: 1 },
  { name: "Score", key: (item) => evidence.score[bestOf(item)], first: -1, style: "number" },
  { name: "Bits", key: (item) => evidence.bits[bestOf(item)], first: -1, style: "number minor" },
  { name: "p-value", key: (item) => evidence.pValue[bestOf(item)], first: 1, style: "number minor" },
  { name: "Places", key: (item) => placeCount[item], first: -1, style: "number" },
];

class ItemTable {
  constructor(room) {
    const bench = Number(room.dataset.benchmark);
    const group = data.groups.indexOf(room.dataset.group);
    this.all = [];
    for (let item = 0; item < itemCount; item += 1) {
      if (items.bench[item] === bench && items.group[item] === group) this.all.push(item);
    }
    this.label = `${data.benchmarks[bench]}: ${GROUP_NAMES[room.dataset.group]}`;
    this.column = COLUMNS[1];
    this.direction = 1;
    this.build(room);
    this.sort();
  }

  build(room) {
    this.heads = COLUMNS.map((column) => this.head(column));
    this.body = make("tbody", {});
    const caption = make("caption", { class: "unseen" }, shownPlain(this.label));
    const row = make("tr", {}, ...this.heads, make("th", { scope: "col", class: "preview" }, "Passage"));
    this.table = make("table", {}, caption, make("thead", {}, row), this.body);
    this.none = make("p", { class: "none note" }, "No item here fits the filters.");
    this.more = make("button", { type: "button", class: "more" });
    this.more.addEventListener("click", () => this.showMore());
    room.replaceChildren(this.table, this.none, this.more);
  }

  head(column) {
    const button = make("button", { type: "button" }, column.name);
    button.addEventListener("click", () => {
      this.direction = this.column === column ? -this.direction : column.first;
      this.column = column;
      this.sort();
      this.show();
    });
    return make("th", { scope: "col", class: column.style || "", "aria-sort": "none" }, button);
  }

  // Items of equal rank stand by their evidence, the strongest first, and then by their names.
  sort() {
    const { key } = this.column;
    const bits = (item) => evidence.bits[bestOf(item)];
    this.all.sort((a, b) => this.direction * (key(a) - key(b)) || bits(b) - bits(a) || a - b);
    const state = this.direction > 0 ? "ascending" : "descending";
    this.heads.forEach((head, at) => head.setAttribute("aria-sort", COLUMNS[at] === this.column ? state : "none"));
  }

  // Shows the items that fit, and returns how many they are.
  show(fits) {
    this.fits = fits || this.fits;
    this.fitting = this.all.filter(this.fits);
    this.body.replaceChildren();
    this.shown = 0;
    this.add(FIRST_ROWS);
    this.table.hidden = !this.fitting.length;
    this.none.hidden = !this.table.hidden;
    return this.fitting.length;
  }

  add(count) {
    const next = this.fitting.slice(this.shown, this.shown + count);
    this.body.append(...next.map((item) => this.row(item)));
    this.shown += next.length;
    const rest = this.fitting.length - this.shown;
    this.more.textContent = `Show ${whole(Math.min(rest, MORE_ROWS))} more of ${several(this.fitting.length, "item")}`;
    this.more.hidden = rest === 0;
  }

  showMore() {
    const before = this.body.lastElementChild;
    this.add(MORE_ROWS);
    before.nextElementSibling.querySelector("button").focus();
  }

  row(item) {
    const one = bestOf(item);
    const kind = data.kinds[evidence.kind[one]];
    const name = strings[items.name[item]];
    const button = make("button", { type: "button", class: "toggle", "aria-expanded": "false" }, shown(name));
    const tag = make("span", { class: `tag ${kind}` }, kind + (evidence.shared[one] ? ", shared" : ""));
    const numbers = [evidence.score[one].toFixed(2), evidence.bits[one].toFixed(1), chance(evidence.pValue[one]), whole(placeCount[item])];
    const row = make(
      "tr",
      { class: "item" },
      make("th", { scope: "row", class: name.length > LONG_NAME ? "long" : "" }, button),
      make("td", {}, tag),
      ...numbers.map((text, at) => make("td", { class: COLUMNS[at + 2].style }, text)),
      make("td", { class: "preview" }, make("bdi", {}, shown(strings[evidence.excerpt[one]].slice(0, 160)))),
    );
    row.addEventListener("click", (event) => {
      if (event.target.closest("button") === button || String(getSelection()) === "") this.toggle(item, row, button);
    });
    return row;
  }

  toggle(item, row, button) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    if (isOpen) {
      row.nextElementSibling.remove();
      button.removeAttribute("aria-controls");
    } else {
      const cell = make("td", { colspan: String(COLUMNS.length + 1) }, evidenceOf(item));
      row.after(make("tr", { class: "detail", id: `item-${item}` }, cell));
      button.setAttribute("aria-controls", `item-${item}`);
    }
    button.setAttribute("aria-expanded", String(!isOpen));
  }
}
