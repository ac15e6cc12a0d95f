// The filters above the items, which hold for the tables of all benchmarks.
const form = document.getElementById("filters");
const field = (name) => form.elements.namedItem(name);

const GROUP_NAMES = {
  leakage: "test items",
  overlap: "overlap (in distribution)",
  beside: "not counted",
  accepted: "accepted",
};

function offer(name, all, options) {
  const chosen = options.map(([value, label]) => make("option", { value: String(value) }, shownPlain(label)));
  field(name).replaceChildren(make("option", { value: "" }, all), ...chosen);
  // One choice is none.
  field(name).parentElement.hidden = options.length < 2;
}

const distinct = (column) => Array.from(new Set(column)).sort((a, b) => a - b);

function offerAll() {
  offer("bench", "all", distinct(items.bench).map((n) => [n, data.benchmarks[n]]));
  offer("group", "anything", distinct(items.group).map((n) => [n, GROUP_NAMES[data.groups[n]]]));
  offer("split", "all", Array.from(new Set(items.split)).map((n) => [n, strings[n]]));
  const kinds = distinct(items.evidence.flatMap((ones) => ones.map((one) => evidence.kind[one])));
  offer("kind", "all", kinds.map((n) => [n, data.kinds[n]]));
  const files = Array.from(new Set([...data.files, ...places.path]));
  offer("file", `all ${whole(files.length)}`, files.map((n) => [n, strings[n]]));
}

// Returns a test of items for what the form asks now.
function wanted() {
  const chosen = (name) => (field(name).value === "" ? null : Number(field(name).value));
  const [bench, group, split, kind, file] = ["bench", "group", "split", "kind", "file"].map(chosen);
  const words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
  return (item) =>
    (bench === null || items.bench[item] === bench) &&
    (group === null || items.group[item] === group) &&
    (split === null || items.split[item] === split) &&
    (kind === null || items.evidence[item].some((one) => evidence.kind[one] === kind)) &&
    (file === null || isInFile(item, file)) &&
    words.every((word) => haystackOf(item).includes(word));
}
