// What an item opens to: the passages beside the item's text, and every place they stand in.
const FIRST_PASSAGES = 5;
const FIRST_PLACES = 20;
const EXCERPT_CHARACTERS = 400;

// Appends the first of many parts at once, and a button that brings the rest.
function appendSome(parent, count, first, noun, add) {
  for (let at = 0; at < Math.min(count, first); at += 1) parent.append(add(at));
  if (count <= first) return null;
  const button = make("button", { type: "button", class: "more" }, `Show all ${several(count, noun)}`);
  button.addEventListener("click", () => {
    const added = [];
    for (let at = first; at < count; at += 1) added.push(add(at));
    parent.append(...added);
    button.remove();
    added[0].tabIndex = -1;
    added[0].focus();
  });
  return button;
}

function evidenceOf(item) {
  const ones = items.evidence[item];
  const list = make("div", {});
  const box = make("div", {}, list);
  const title = (at) => (ones.length > 1 ? `Passage ${at + 1} of ${ones.length}` : "");
  const button = appendSome(list, ones.length, FIRST_PASSAGES, "passage", (at) => passageOf(item, ones[at], title(at)));
  if (button) box.append(button);
  return box;
}

function passageOf(item, one, title) {
  const article = make("article", { class: "evidence" });
  if (title) article.append(make("h5", {}, title));
  article.append(pairOf(item, one), factsOf(item, one), placesTable(one));
  return article;
}

function pairOf(item, one) {
  const sides = data.sides[`${item}:${one}`] || [[], [], []];
  const numbers = lists[evidence.changes[one]].includes("numbers");
  const excerpt = strings[evidence.excerpt[one]];
  const isCut = Array.from(excerpt).length >= EXCERPT_CHARACTERS;
  const corpus = make("section", {}, make("h5", {}, "In the corpus" + (isCut ? ", the first 400 characters" : "")));
  corpus.append(
    excerpt
      ? passage(excerpt, marked(excerpt, evidence.matched[one], numbers ? sides[2] : []))
      : make("p", { class: "note" }, "Found by its fingerprints: the text could not be read again."),
  );
  const own = make("section", {}, make("h5", {}, "The item"));
  own.append(...ownTexts(item, one, sides, numbers && !isCut));
  if (items.texts[item].length) corpus.append(make("p", { class: "note" }, ...keyOf(numbers)));
  return make("div", { class: "pair" }, corpus, own);
}

// Lines that are set in, two or more, are taken for code.
function passage(text, marks) {
  const isCode = (text.match(/\n(\t| {2})\s*\S/g) || []).length > 1;
  return make("div", { class: isCode ? "passage code" : "passage", dir: "auto" }, marks);
}

// Says what the marks mean.
function keyOf(numbers) {
  const key = ["Marked: ", make("mark", {}, "words"), " of the question and the passage"];
  if (numbers) key.push("; ", make("mark", { class: "changed" }, "numbers"), " that only one of them has");
  return [...key, "."];
}

function ownTexts(item, one, sides, numbers) {
  const numbered = items.texts[item];
  if (!numbered.length) {
    return [make("p", { class: "note" }, "Its text is not known here: packs hold none. With ", make("code", {}, "--item-texts DIR"), " it stands beside the passage.")];
  }
  const found = lists[evidence.fields[one]];
  const parts = [];
  for (let at = 0; at < numbered.length; at += 2) {
    const [name, text] = texts([numbered[at], numbered[at + 1]]);
    if (name !== "question") {
      const there = found.includes(name) ? "in the document too" : "not in the document";
      parts.push(make("h5", {}, `Its ${name}, ${there}`));
    }
    const marks = name === "question" ? marked(text, sides[0], numbers ? sides[1] : []) : shown(text);
    parts.push(passage(text, marks));
  }
  return parts;
}

function factsOf(item, one) {
  const facts = make("dl", { class: "facts" });
  const tell = (name, ...value) => facts.append(make("dt", {}, name), make("dd", {}, ...value));
  const kind = data.kinds[evidence.kind[one]];
  tell("Kind", make("b", {}, kind), `: ${data.kindWords[evidence.kind[one]]}`);
  const changes = lists[evidence.changes[one]].map((change) => data.changeWords[change]);
  const unknown = strings[evidence.basis[one]] === "fingerprints" ? "not known" : "nothing that counts";
  tell("What changed", changes.join("; ") || unknown);
  tell("Score", `${evidence.score[one].toFixed(2)} of the question's evidence is in the passage`);
  tell("Bits", `${evidence.bits[one].toFixed(1)} bits of evidence in all fields together`);
  tell("p-value", `${chance(evidence.pValue[one])}: the share of items that match other text of their benchmark as well`);
  tell("E-value", `${chance(evidence.eValue[one])} matches as good are expected by chance in a corpus of this size`);
  tell("Fields found", lists[evidence.fields[one]].join(", "));
  const also = [strings[evidence.item[one]], ...lists[evidence.also[one]]].filter((name) => name !== strings[items.name[item]]);
  if (also.length) tell("Same text as", shown(also.join(", ")));
  if (evidence.shared[one]) tell("Shared", "an item of the same text is in a split of another role");
  if (strings[evidence.accepted[one]]) tell("Accepted", shown(strings[evidence.accepted[one]]));
  tell("Decided from", strings[evidence.basis[one]]);
  if (evidence.fingerprint[one]) tell("Fingerprint", make("code", {}, shown(evidence.fingerprint[one])));
  return facts;
}

function placesTable(one) {
  const from = placesFrom(one);
  const unit = strings[evidence.basis[one]] === "fingerprints" ? "Tokens" : "Characters";
  const heads = ["File", "Row, from 0", "Place in the record", unit].map((text) => make("th", { scope: "col" }, text));
  const body = make("tbody", {});
  const count = placeCountOf(one);
  const table = make("table", { class: "places" }, make("caption", { class: "unseen" }, "Where it stands"), make("thead", {}, make("tr", {}, ...heads)), body);
  const button = appendSome(body, count, FIRST_PLACES, "place", (at) => placeRow(from + at));
  const box = make("div", {}, make("h5", {}, `Where it stands: ${several(count, "place")}`), make("div", { class: "scroll" }, table));
  if (button) box.append(button);
  return box;
}

function placeRow(place) {
  const path = make("bdi", { class: "path" }, shown(strings[places.path[place]]));
  const source = make("bdi", {}, shown(strings[places.source[place]] || "the whole record"));
  const cells = [path, whole(places.row[place]), source, `${whole(places.start[place])} to ${whole(places.end[place])}`];
  return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
}
