// Drag a file onto the form; say before sending that it is too large.
for (const zone of document.querySelectorAll("[data-dropzone]")) {
  const input = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-file-name]");
  const limit = Number(zone.dataset.maxBytes || 0);
  const show = () => {
    const file = input.files[0];
    const large = file && limit && file.size > limit;
    input.setCustomValidity(large ? zone.dataset.tooLarge : "");
    if (large) input.reportValidity();
    if (name) name.textContent = file ? file.name : "";
  };
  input.addEventListener("change", show);
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        show();
      }
    });
  }
}
