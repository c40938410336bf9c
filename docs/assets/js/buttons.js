// A button that now does something else: Run becomes Stop, Check becomes Stop, and back.

export function become(button, action, label) {
  button.dataset.do = action;
  button.textContent = label;
}
