// Questions: checks an answer, says what is true about it, and remembers it.
//
// The HTML has everything (sitekit/fences.py): the right answer, the known wrong ones, and what to say to each.

import { almostSameOutput, sameOutput, sameText } from "./answers.js";
import { Unreadable, readNumber } from "./numbers.js";
import { here, problem, read, update } from "./store.js";

const TRY_AGAIN = "Change your answer and check it again; the answer and the reasons stand below.";
const UNKNOWN = "This is not the answer, and it is none of the mistakes that this page knows.";
const OTHER_FORM = "The value is right, but Python prints it in another form. Look at the decimals and the signs.";
let toldProblem = "";

const judges = {
  single: judgeChoice,
  multiple: judgeChoices,
  numeric: judgeNumber,
  text: judgeText,
  predict: judgeOutput,
};

// The button “Check”.
export function check(question) {
  const answer = answerOf(question);
  const judged = judge(question, answer);
  question.querySelector(".quiz-verdict")?.remove();
  show(question, judged);
  if (judged.right === undefined) return;
  update(({ questions }) => {
    if (questions[question.id]?.right && !judged.right) return; // what was right once stays right
    questions[question.id] = { page: here(), answer, right: judged.right };
  });
  tellProblem(question);
}

// Puts remembered answers back, and says beside the button how they were: without a new line, so that nothing moves.
export function restore() {
  const { questions } = read();
  for (const question of document.querySelectorAll(".quiz[data-remembered]")) {
    question.removeAttribute("data-remembered");
    fillIn(question, questions[question.id].answer);
    const { right } = judge(question, answerOf(question));
    if (right === undefined) continue; // the question has changed since
    const verdict = element("span", "quiz-verdict", right ? "✓ You had this right" : "✗ Not right yet");
    verdict.classList.add(right ? "right" : "wrong");
    question.querySelector(":scope > .actions").append(verdict);
  }
}

// What the reader answered: the ticked numbers of a choice, the text of a field.
function answerOf(question) {
  const field = fieldOf(question);
  if (field) return field.value;
  return [...question.querySelectorAll(".quiz-options input:checked")].map((input) => input.value);
}

function fillIn(question, answer) {
  const field = fieldOf(question);
  if (field) field.value = answer;
  for (const input of question.querySelectorAll(".quiz-options input")) input.checked = answer.includes(input.value);
}

function fieldOf(question) {
  return question.querySelector(".quiz-answer :is(input, textarea)");
}

// What is true about an answer: {right, said}. Without an answer that can be read, `right` is undefined.
function judge(question, answer) {
  if (answer.length === 0 || (typeof answer === "string" && !answer.trim())) {
    const what = fieldOf(question) ? "Type your answer into the field first." : "Choose an answer first.";
    return { said: [element("p", "", `You have not answered yet. ${what}`)] };
  }
  return judges[question.dataset.kind](question, answer);
}

function judgeChoice(question, [chosen]) {
  const reply = optionsOf(question).find(({ value }) => value === chosen);
  return reply.right ? rightAnswer(question, reply.option, reply.feedback) : wrongAnswer(reply.option, reply.feedback);
}

function judgeChoices(question, ticked) {
  const mistakes = optionsOf(question).filter(({ value, right }) => right !== ticked.includes(value));
  if (mistakes.length === 0) return rightAnswer(question);
  const items = mistakes.map(({ right, option, feedback }) =>
    element("li", "", element("strong", "", right ? "Not ticked: " : "Ticked: ", ...option), " ", ...feedback),
  );
  const count = mistakes.length === 1 ? "one option" : `${mistakes.length} options`;
  return wrongAnswer([`think again about ${count}`], [], element("ul", "", ...items));
}

function judgeNumber(question, typed) {
  let number;
  try {
    number = readNumber(typed);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { said: [element("p", "", error.message)] };
  }
  const { answer, tolerance } = question.dataset;
  const distance = (value) => Math.abs(number - value);
  const isNear = (value) => distance(value) <= Number(tolerance) + 1e-9 * Math.abs(value); // 0.1 + 0.2 is 0.3
  if (isNear(answer)) return rightAnswer(question, [typed]);
  const near = wrongReplies(question).filter(({ value }) => isNear(value));
  near.sort((a, b) => distance(a.value) - distance(b.value));
  return wrongAnswer([typed], near[0]?.feedback ?? [UNKNOWN]);
}

function judgeText(question, typed) {
  const accepted = JSON.parse(question.dataset.accept);
  if (accepted.some((form) => sameText(form, typed))) return rightAnswer(question, [typed]);
  const known = wrongReplies(question).find(({ value }) => sameText(value, typed));
  return wrongAnswer([typed], known?.feedback ?? [UNKNOWN]);
}

function judgeOutput(question, typed) {
  const output = question.querySelector(":scope > details samp").textContent;
  if (sameOutput(output, typed)) return rightAnswer(question, [typed]);
  const replies = wrongReplies(question);
  const known =
    replies.find(({ value }) => value === typed.trim()) ?? replies.find(({ value }) => sameOutput(value, typed));
  if (known) return wrongAnswer([typed], known.feedback);
  if (!almostSameOutput(output, typed)) return wrongAnswer([typed], [UNKNOWN]);
  return wrongAnswer([typed], [OTHER_FORM]);
}

// The feedback for each option, in the order of the options.
function optionsOf(question) {
  const labels = question.querySelectorAll(".quiz-options label");
  const replies = question.querySelectorAll(":scope > details .quiz-feedback > li");
  return [...labels].map((label, index) => ({
    value: label.querySelector("input").value,
    option: copies(label.querySelector("span")),
    right: replies[index].className === "right",
    feedback: feedbackOf(replies[index]),
  }));
}

// The known wrong answers to a question with a field.
function wrongReplies(question) {
  const items = question.querySelectorAll(":scope > details .quiz-feedback > li");
  return [...items].map((item) => ({ value: item.dataset.value, feedback: feedbackOf(item) }));
}

// Everything in the item but the answer it is about, which stands first.
function feedbackOf(item) {
  return copies(item).slice(1);
}

function copies(node) {
  return [...node.cloneNode(true).childNodes];
}

function rightAnswer(question, answer = [], feedback = []) {
  const explanation = question.querySelector(":scope > details .quiz-explanation").cloneNode(true);
  return { right: true, said: [verdict("✓ Right", answer), ...paragraph(feedback), explanation] };
}

function wrongAnswer(answer, feedback, ...more) {
  return {
    right: false,
    said: [verdict("✗ Not right yet", answer), ...paragraph(feedback), ...more, element("p", "", TRY_AGAIN)],
  };
}

function paragraph(feedback) {
  return feedback.length ? [element("div", "", ...feedback)] : [];
}

// The answer is repeated, so that what is said stays true while the reader changes it.
function verdict(word, answer) {
  const parts = answer.length ? [": ", ...answer] : ["."];
  return element("p", "quiz-said", element("strong", "", word), ...parts);
}

function show(question, judged) {
  const result = question.querySelector(".quiz-result");
  result.classList.toggle("right", judged.right === true);
  result.classList.toggle("wrong", judged.right === false);
  result.replaceChildren(...judged.said);
}

// Once, and quietly, when something can't be remembered.
function tellProblem(question) {
  if (problem() && problem() !== toldProblem) {
    question.querySelector(".quiz-result").append(element("p", "quiz-memory", problem()));
  }
  toldProblem = problem();
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
