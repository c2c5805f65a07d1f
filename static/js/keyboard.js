// Keys for people who do not reach for the mouse: / j k Enter Ctrl+S ?
const rows = () => [...document.querySelectorAll("[data-keyboard-rows] tr[data-url]")];
let selected = -1;

function select(index) {
  const all = rows();
  if (!all.length) return;
  selected = Math.max(0, Math.min(index, all.length - 1));
  all.forEach((row, place) => row.classList.toggle("selected", place === selected));
  all[selected].scrollIntoView({ block: "nearest" });
}

function typing(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const form = event.target.closest("form[data-save]") ?? document.querySelector("form[data-save]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("input[name=q]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (event.key === "j") select(selected + 1);
  else if (event.key === "k") select(selected - 1);
  else if (event.key === "Enter" && selected >= 0 && event.target === document.body) {
    window.location = rows()[selected].dataset.url;
  } else if (event.key === "?") document.getElementById("keys").showModal();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-url]");
  if (row && !event.target.closest("a, button, input, label, select")) window.location = row.dataset.url;
});

document.querySelector("[data-focus]")?.focus();
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
