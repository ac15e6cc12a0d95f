"use strict";
// The data of the page, and what is asked of it. Everything is a number until it is shown.
const data = JSON.parse(document.getElementById("data").textContent);
const { items, evidence, places, strings, lists } = data;

const itemCount = items.name.length;
const texts = (numbers) => numbers.map((number) => strings[number]);

// The best evidence of an item stands for it in its row.
const bestOf = (item) => items.evidence[item][0];
const placesFrom = (one) => (one ? places.ends[one - 1] : 0);
const placeCountOf = (one) => places.ends[one] - placesFrom(one);
const placeCount = items.evidence.map((ones) => ones.reduce((sum, one) => sum + placeCountOf(one), 0));

function* placesOf(item) {
  for (const one of items.evidence[item]) {
    for (let place = placesFrom(one); place < places.ends[one]; place += 1) yield place;
  }
}

function isInFile(item, path) {
  for (const place of placesOf(item)) if (places.path[place] === path) return true;
  return false;
}

// What a search looks through, made when it is first needed: 50,000 items take a moment.
const haystacks = new Array(itemCount);
function haystackOf(item) {
  if (haystacks[item] === undefined) {
    const parts = new Set([strings[items.name[item]], data.benchmarks[items.bench[item]]]);
    for (const one of items.evidence[item]) {
      parts.add(strings[evidence.excerpt[one]]);
      parts.add(evidence.fingerprint[one]);
      parts.add(strings[evidence.accepted[one]]);
    }
    for (const place of placesOf(item)) parts.add(strings[places.path[place]]);
    for (let at = 1; at < items.texts[item].length; at += 2) parts.add(strings[items.texts[item][at]]);
    haystacks[item] = Array.from(parts).join("\n").toLowerCase();
  }
  return haystacks[item];
}
