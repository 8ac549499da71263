"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gather = gather;
exports.tally_classes = tally_classes;
exports.tally_loss = tally_loss;
// Fetching a batch and counting scores.
const memory_1 = require("./memory");
/** Rows of a table in the given order from the cursor on; words: table, order (0: as they lie), cursor, out, rows, width. */
function gather(words) {
    const table = (0, memory_1.address)(words, 0);
    const order = (0, memory_1.address)(words, 1);
    const start = load((0, memory_1.address)(words, 2));
    let to = (0, memory_1.address)(words, 3);
    const rows = (0, memory_1.word)(words, 4);
    const bytes = (0, memory_1.word)(words, 5) << 2;
    for (let i = 0; i < rows; i++) {
        const row = order == 0 ? start + i : load(order + ((start + i) << 2));
        const from = table + row * bytes;
        if (bytes <= 64)
            for (let at = 0; at < bytes; at += 4)
                store(to + at, load(from + at));
        else
            memory.copy(to, from, bytes);
        to += bytes;
    }
}
/** Adds loss x rows and the right answers to two totals; words: loss, outputs, targets, totals, rows, width. */
function tally_classes(words) {
    let outputs = (0, memory_1.address)(words, 1);
    let target = (0, memory_1.address)(words, 2);
    const totals = (0, memory_1.address)(words, 3);
    const rows = (0, memory_1.word)(words, 4);
    const width = (0, memory_1.word)(words, 5);
    let right = 0;
    for (let row = 0; row < rows; row++) {
        let best = 0;
        for (let i = 1; i < width; i++) {
            if (load(outputs + (i << 2)) > load(outputs + (best << 2)))
                best = i;
        }
        const chosen = best == load(target);
        if (chosen == load(target, 4) >= 0)
            right += 1;
        outputs += width << 2;
        target += 8;
    }
    store(totals, load(totals) + load((0, memory_1.address)(words, 0)) * rows);
    store(totals, load(totals, 4) + right, 4);
}
/** Adds loss x rows to a total; words: loss, totals, rows. */
function tally_loss(words) {
    const totals = (0, memory_1.address)(words, 1);
    store(totals, load(totals) + load((0, memory_1.address)(words, 0)) * (0, memory_1.word)(words, 2));
}
