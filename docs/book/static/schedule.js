// What a team would do with a loop under a schedule, computed in advance.
//
// blocks     schedule(static): one block for each thread, as even as can be,
//            the longer ones first
// static     schedule(static, chunk): chunks to thread 0, 1, 2 ... in turn
// dynamic    a free thread takes the next `chunk` iterations
// libgomp    schedule(guided, chunk) of g++: a free thread takes what is left
//            divided by the threads, rounded up (gomp_iter_guided_next in
//            libgomp/iter.c), but at least `chunk`
// libomp     schedule(guided, chunk) of clang++: half of that, rounded down,
//            as long as at least 2 * threads * (chunk + 1) iterations are left;
//            then `chunk` at a time. A loop of at most (2 * chunk + 1) * threads
//            iterations is dealt by `chunk` from the beginning; one thread takes
//            all (kmp_sch_guided_iterative_chunked in kmp_dispatch.cpp)
//
// tests/book/schedules.json has cases; tests hold this file and both runtimes
// to them.
"use strict";

/** The sizes of the chunks, in the order of the loop. */
function chunkSizes(rule, count, threads, chunk) {
    const size = {
        blocks: (left, index) =>
            Math.floor(count / threads) + (index < count % threads ? 1 : 0),
        static: () => chunk,
        dynamic: () => chunk,
        libgomp: (left) => Math.max(chunk, Math.ceil(left / threads)),
        libomp: (left) =>
            threads === 1 ? left
            : (2 * chunk + 1) * threads >= count ? chunk
            : left < 2 * threads * (chunk + 1) ? chunk
            : Math.floor(left / (2 * threads)),
    }[rule];
    const sizes = [];
    for (let left = count; left > 0; left -= sizes.at(-1)) {
        sizes.push(Math.min(left, size(left, sizes.length)));
    }
    return sizes;
}

/**
 * The loop with iterations of these lengths. A thread needs `fetch` to get a
 * chunk where chunks are handed out during the loop; requests do not wait for
 * each other. Of several free threads the one with the lowest number is served
 * first. Times have the unit of `lengths`.
 */
function simulate({ lengths, rule, threads, chunk, fetch }) {
    const handedOut = rule !== "blocks" && rule !== "static";
    const free = new Array(threads).fill(0);
    const busy = new Array(threads).fill(0);
    let first = 0;
    const chunks = chunkSizes(rule, lengths.length, threads, chunk).map(
        (size, index) => {
            const thread = handedOut ? free.indexOf(Math.min(...free))
                                     : index % threads;
            const start = free[thread] + (handedOut ? fetch : 0);
            let end = start;
            for (let i = first; i < first + size; ++i) end += lengths[i];
            busy[thread] += end - start;
            free[thread] = end;
            first += size;
            return { thread, first: first - size, size, start, end };
        });
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const makespan = Math.max(0, ...free);
    const speedup = makespan > 0 ? total / makespan : 1;
    const mean = busy.reduce((sum, time) => sum + time, 0) / threads;
    return {
        chunks, total, makespan, speedup,
        efficiency: speedup / threads,
        imbalance: mean > 0 ? Math.max(...busy) / mean - 1 : 0,
        bound: Math.max(total / threads, 0, ...lengths),
    };
}
