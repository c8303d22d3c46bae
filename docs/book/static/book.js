// Makes questions of the folds in a lesson: what one opens first is the answer
// that one gave, and this computer remembers it. Without this script the folds
// remain.
"use strict";

(() => {
const lesson = (location.pathname.match(/lessons\/(\w+)\//) || [])[1];
const name = (what) => `openmp-workbook/${lesson}/${what}`;

// A browser may refuse to store anything.
const remember = (what, value) => {
    try { localStorage.setItem(name(what), value); } catch { /* not kept */ }
};
const recall = (what) => {
    try { return localStorage.getItem(name(what)); } catch { return null; }
};
const forgetAll = () => {
    try {
        Object.keys(localStorage).filter((key) => key.startsWith(name("")))
            .forEach((key) => localStorage.removeItem(key));
    } catch { /* nothing was kept */ }
};
const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
};

// The questions of Predict: **1.** and what follows, with their options, which
// begin with a) b) c). What is right is explained with a Yes.
const questionsOf = (section) => {
    const questions = [];
    for (const element of section.children) {
        const number = element.querySelector(":scope > strong:first-child");
        if (element.tagName === "P" && number &&
            /^\d+\.$/.test(number.textContent)) {
            questions.push({
                number: parseInt(number.textContent),
                // Its last sentence.
                text: element.textContent.replace(/^\d+\.\s*/, "").trim()
                    .split(/(?<=[.?!])\s+(?=[A-Z])/).at(-1),
                options: [],
            });
        } else if (element.tagName === "DETAILS" && questions.length) {
            const summary = element.querySelector("summary");
            questions.at(-1).options.push({
                element,
                summary,
                letter: summary.textContent.trim()[0],
                html: summary.innerHTML,
                right: /^Yes\b/.test(
                    element.querySelector("p").textContent.trim()),
            });
        }
    }
    return questions;
};

// --- Predict.
const showChoice = (question) => {
    const chosen = recall(`predict/${question.number}`);
    for (const option of question.options) {
        const mine = option.letter === chosen;
        option.element.classList.toggle("chosen", mine);
        option.element.classList.toggle("right", chosen && option.right);
        option.summary.querySelector(".verdict")?.remove();
        if (!mine) continue;
        option.element.open = true;
        option.summary.append(make("span", {
            className: "verdict",
            textContent: option.right ? " – you chose this: right"
                                      : " – you chose this: not right",
        }));
    }
};

// What was predicted, beside what came out, under Run.
const predictedTable = (questions) => {
    const rows = questions.map((question) => {
        const chosen = question.options.find((option) =>
            option.letter === recall(`predict/${question.number}`));
        const measured = make("input", {
            type: "text",
            value: recall(`measured/${question.number}`) || "",
            ariaLabel: `What you saw: question ${question.number}`,
            oninput: () =>
                remember(`measured/${question.number}`, measured.value),
        });
        const answer = question.options.find((option) => option.right);
        return make("tr", {},
            make("td", { textContent: `${question.number}. ${question.text}` }),
            chosen ? make("td", { innerHTML: chosen.html })
                   : make("td", {}, make("a", {
                       href: "#predict", textContent: "not yet" })),
            make("td", { innerHTML: !chosen ? "?" : chosen === answer
                ? "as you said" : answer.html }),
            make("td", {}, measured));
    });
    return make("div", { className: "table-wrapper predicted" },
        make("table", { className: "docutils" },
            make("caption", { textContent:
                "What you predicted, beside what is measured" }),
            make("thead", {}, make("tr", {}, ...["Question", "You predicted",
                "The answer", "What you see"].map((heading) =>
                make("th", { textContent: heading, scope: "col" })))),
            make("tbody", {}, ...rows)));
};

const predict = document.querySelector("section#predict");
const run = document.querySelector("section#run");
if (lesson && predict && run) {
    const questions = questionsOf(predict);
    let table;
    const show = () => {
        questions.forEach(showChoice);
        const now = predictedTable(questions);
        if (table) table.replaceWith(now);
        else run.querySelector("h2").after(now);
        table = now;
    };
    for (const question of questions) {
        for (const option of question.options) {
            option.element.classList.add("option");
            option.summary.addEventListener("click", () => {
                const place = `predict/${question.number}`;
                if (recall(place) !== null || option.element.open) return;
                remember(place, option.letter);
                // Once the browser has opened it.
                setTimeout(show);
            });
        }
    }
    predict.append(make("button", {
        type: "button",
        className: "forget",
        textContent: "Forget my answers to this lesson",
        onclick: () => {
            forgetAll();
            location.reload();
        },
    }));
    show();
}

// --- Check yourself: write an answer, then look, then say how it was.
document.querySelectorAll("section#check-yourself details").forEach(
    (fold, index) => {
        const number = index + 1;
        const written = make("textarea", {
            rows: 2,
            value: recall(`check/${number}`) || "",
            ariaLabel: `Your answer to question ${number}`,
            placeholder: "Your answer, before you look",
            oninput: () => remember(`check/${number}`, written.value),
        });
        fold.before(written);
        const buttons = ["I had it", "Not yet"].map((text) => make("button", {
            type: "button",
            textContent: text,
            onclick: () => {
                remember(`verdict/${number}`, text);
                show();
            },
        }));
        fold.append(make("p", { className: "verdict" }, ...buttons));
        const show = () => {
            const verdict = recall(`verdict/${number}`);
            buttons.forEach((button) => {
                button.ariaPressed = String(button.textContent === verdict);
            });
            fold.classList.toggle("right", verdict === "I had it");
        };
        show();
    });

// What is wider than the page can be moved by the arrow keys.
const focusWhatIsWide = () => {
    document.querySelectorAll(".highlight pre, .table-wrapper").forEach(
        (one) => {
            if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
            else one.removeAttribute("tabindex");
        });
};
window.addEventListener("resize", focusWhatIsWide);
window.addEventListener("load", focusWhatIsWide);

// A page that was opened as a file may not read other files: the search shows
// the names of the pages that it finds, without a part of their text.
if (location.protocol === "file:" &&
    typeof DOCUMENTATION_OPTIONS !== "undefined") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
})();
