// The schedule lab: what is in the form is drawn at once, and kept in the
// address, so that a link carries it.
"use strict";

(() => {
const form = document.getElementById("lab");
const canvas = document.getElementById("timeline");
const figures = document.querySelector("#figures tbody");
const link = document.getElementById("link");

/** Random numbers from 0 to 1, the same for the same seed (a xorshift of 32
 * bits: G. Marsaglia, Xorshift RNGs, 2003). */
function randomNumbers(seed) {
    let state = (seed + 0x9e3779b9) >>> 0 || 1;
    const next = () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state = (state ^ (state << 5)) >>> 0;
        return state / 2 ** 32;
    };
    for (let i = 0; i < 20; ++i) next();  // small seeds have few bits
    return next;
}

/** The iterations' lengths in microseconds. */
function lengthsOf({ load, count, mean, seed }) {
    const lengths = (length) => Array.from({ length: count }, (_, i) => length(i));
    const random = randomNumbers(seed);
    return {
        equal: () => lengths(() => mean),
        rising: () => lengths((i) => (2 * mean * (i + 1)) / (count + 1)),
        falling: () => lengths((i) => (2 * mean * (count - i)) / (count + 1)),
        random: () => lengths(() => 2 * mean * random()),
        // Fewer rows than there are: some of them, evenly spaced.
        mandelbrot: () => lengths((i) => mandelbrotRows[
            Math.floor((i * mandelbrotRows.length) / count)]),
    }[load]();
}

/** What the form says; a number that is no number becomes its default. */
function setting() {
    const values = {};
    for (const field of form.elements) {
        if (field.type !== "number") {
            values[field.name] = field.value;
            continue;
        }
        const number = field.valueAsNumber;
        const whole = field.step !== "any";
        values[field.name] = Number.isNaN(number) ? Number(field.defaultValue)
            : Math.min(Math.max(whole ? Math.floor(number) : number,
                                Number(field.min)), Number(field.max));
    }
    if (values.load === "mandelbrot") {
        values.count = Math.min(values.count, mandelbrotRows.length);
    }
    return values;
}

const time = (microseconds) => {
    const [size, unit] = microseconds >= 1e6 ? [1e6, "s"]
        : microseconds >= 1e3 ? [1e3, "ms"]
        : microseconds >= 1 || microseconds === 0 ? [1, "µs"] : [1e-3, "ns"];
    return `${Number((microseconds / size).toPrecision(4))} ${unit}`;
};

function draw(result, threads) {
    const height = Math.max(3, Math.min(24, Math.floor(480 / threads)));
    const width = canvas.clientWidth;
    const scale = window.devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = threads * height * scale;
    canvas.style.height = `${threads * height}px`;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const x = (at) => (result.makespan > 0 ? (at / result.makespan) * width : 0);
    const box = (colour, thread, from, to) => {
        pen.fillStyle = colour;
        pen.fillRect(x(from), thread * height, Math.max(x(to) - x(from), 0.2),
                     height - (height > 4 ? 1 : 0));
    };
    const last = new Array(threads).fill(0);  // where its last chunk ended
    const done = new Array(threads).fill(0);  // how many chunks it has had
    for (const { thread, start, end } of result.chunks) {
        box("#d55e00", thread, last[thread], start);
        box(done[thread]++ % 2 ? "#56b4e9" : "#0072b2", thread, start, end);
        last[thread] = end;
    }
    const idle = last.map((end) => 1 - end / (result.makespan || 1));
    canvas.setAttribute("aria-label",
        `timeline of ${threads} threads; the first that is done waits for ` +
        `${Math.round(100 * Math.max(...idle))} % of the time`);
}

function show() {
    const values = setting();
    const result = simulate({
        lengths: lengthsOf(values),
        rule: values.schedule,
        threads: values.threads,
        chunk: values.chunk,
        fetch: values.fetch,
    });
    draw(result, values.threads);
    figures.replaceChildren(...[
        ["serial", time(result.total), "one thread, without fetches"],
        ["makespan", time(result.makespan), "from the start to the last end"],
        ["speedup", result.speedup.toFixed(2), "serial / makespan"],
        ["efficiency", result.efficiency.toFixed(2), "speedup / threads"],
        ["imbalance", result.imbalance.toFixed(2),
         "busiest thread / mean of the threads - 1"],
        ["chunks", result.chunks.length, "how many were handed out"],
        ["bound", time(result.bound), "no schedule has a shorter makespan: " +
         "the longest iteration, or everybody's share"],
    ].map(([name, value, meaning]) => {
        const row = document.createElement("tr");
        const heading = document.createElement("th");
        heading.scope = "row";
        heading.textContent = name;
        row.append(heading);
        row.insertCell().textContent = value;
        row.cells[1].id = name;
        row.insertCell().textContent = meaning;
        return row;
    }));
    // What plays no part in this setting cannot be changed.
    const { load, schedule } = values;
    form.elements.mean.disabled = load === "mandelbrot";
    form.elements.seed.disabled = load !== "random";
    form.elements.chunk.disabled = schedule === "blocks";
    form.elements.fetch.disabled = schedule === "blocks" || schedule === "static";
    link.href = `#${new URLSearchParams(values)}`;
}

function read() {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
        const field = form.elements[name];
        if (!field) continue;
        // A browser complains of what is no number.
        if (field.type === "number" && !Number.isFinite(Number(value))) continue;
        const before = field.value;
        field.value = value;
        // A choice that does not exist leaves the field empty.
        if (field.value === "") field.value = before;
    }
    show();
}

form.addEventListener("input", () => {
    show();
    history.replaceState(null, "", link.href);
});
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", read);
window.addEventListener("resize", show);
read();
})();
