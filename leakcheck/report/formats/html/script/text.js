// Texts of others, shown and never obeyed: all go through text nodes.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;
const numberFormat = new Intl.NumberFormat("en");

// Makes an element; of its parts, strings become texts and nothing else.
function make(name, attributes, ...parts) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...parts);
  return element;
}

// Spells out what cannot be seen or would turn the text around it.
function shown(text) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const found of text.matchAll(HIDDEN)) {
    const code = "U+" + found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    fragment.append(text.slice(done, found.index), make("span", { class: "control" }, code));
    done = found.index + found[0].length;
  }
  fragment.append(text.slice(done));
  return fragment;
}

// As `shown`, for a place that takes a plain string: an option, a label.
const shownPlain = (text) =>
  text.replace(HIDDEN, (found) => "\\u" + found.charCodeAt(0).toString(16).padStart(4, "0"));

// Marks ranges of characters; `changed` ones win over `shared` ones. Both are flat: start, end, ...
function marked(text, shared, changed) {
  // Ranges count whole characters, and a string of the page's halves of some.
  const characters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
  const styles = new Uint8Array(characters.length);
  for (let at = 0; at < shared.length; at += 2) styles.fill(1, shared[at], shared[at + 1]);
  for (let at = 0; at < changed.length; at += 2) styles.fill(2, changed[at], changed[at + 1]);
  const fragment = document.createDocumentFragment();
  for (let start = 0, end = 0; start < styles.length; start = end) {
    while (end < styles.length && styles[end] === styles[start]) end += 1;
    const part = characters.slice(start, end);
    const piece = shown(typeof part === "string" ? part : part.join(""));
    const attributes = styles[start] === 2 ? { class: "changed" } : {};
    fragment.append(styles[start] ? make("mark", attributes, piece) : piece);
  }
  return fragment;
}

const whole = (number) => numberFormat.format(number);
const several = (count, noun) => `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
// Chances from one in a thousand up are read as they are, lesser ones by their power of ten.
function chance(value) {
  if (value === 0 || value >= 0.001) return String(Number(value.toPrecision(2)));
  const [digits, power] = value.toExponential(1).split("e");
  const raised = power.replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);
  return `${digits} × 10${raised}`;
}
