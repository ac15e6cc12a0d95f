// From the page as it stands to the page in use.
const TYPING_PAUSE_MS = 120;
const tables = Array.from(document.querySelectorAll(".items"), (room) => new ItemTable(room));

function showAll() {
  const fits = wanted();
  const fitting = tables.reduce((sum, table) => sum + table.show(fits), 0);
  field("count").textContent = `${whole(fitting)} of ${several(itemCount, "item")} with evidence`;
}

// Makes what searches look through while nothing else is to do, so that typing is answered at once.
function prepare(item) {
  if (!window.requestIdleCallback) return; // Safari: the first search takes a moment longer.
  requestIdleCallback((deadline) => {
    let next = item;
    while (next < itemCount && deadline.timeRemaining() > 1) haystackOf(next++);
    if (next < itemCount) prepare(next);
  });
}

if (itemCount) {
  let pause = 0;
  offerAll();
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", showAll);
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(showAll, TYPING_PAUSE_MS);
  });
  // The fields are emptied after the event, so their reader waits for its end.
  form.addEventListener("reset", () => setTimeout(showAll));
  for (const button of document.querySelectorAll(".of-file")) {
    button.addEventListener("click", () => {
      form.reset();
      field("file").value = String(data.files[Number(button.dataset.file)]);
      setTimeout(() => {
        document.getElementById("items").scrollIntoView();
        field("file").focus({ preventScroll: true });
      });
    });
  }
  showAll();
  prepare(0);
}
