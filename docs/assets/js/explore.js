// A figure with states: its slider shows one of them. All of them are in one file: picture.svg#at-3 is state 3.

export function show(place) {
  const slider = place.querySelector("input");
  const figure = place.closest("figure");
  const words = figure.querySelectorAll(".states li")[slider.value].textContent;
  for (const picture of figure.querySelectorAll("img")) {
    picture.src = `${picture.src.replace(/#.*/, "")}#at-${slider.value}`;
  }
  slider.setAttribute("aria-valuetext", words);
  place.querySelector("output").textContent = words;
}
