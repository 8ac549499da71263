"use strict";
// Loads and stores of the last, incomplete vector of a row. A whole row is never assumed to be a multiple of four.
Object.defineProperty(exports, "__esModule", { value: true });
exports.loadPart = loadPart;
exports.storePart = storePart;
exports.sumLanes = sumLanes;
exports.word = word;
exports.address = address;
exports.real = real;
exports.hyperparameter = hyperparameter;
/** Loads `count` (1 to 3) floats; the other lanes hold `fill`. */
// @ts-ignore: decorator
function loadPart(at, count, fill) {
    let value = f32x4.splat(fill);
    value = f32x4.replace_lane(value, 0, load(at));
    if (count > 1)
        value = f32x4.replace_lane(value, 1, load(at, 4));
    if (count > 2)
        value = f32x4.replace_lane(value, 2, load(at, 8));
    return value;
}
/** Stores the first `count` (1 to 3) lanes. */
// @ts-ignore: decorator
function storePart(at, value, count) {
    store(at, f32x4.extract_lane(value, 0));
    if (count > 1)
        store(at, f32x4.extract_lane(value, 1), 4);
    if (count > 2)
        store(at, f32x4.extract_lane(value, 2), 8);
}
/** The fixed order in which the four partial sums of a row are joined: (0 + 1) + (2 + 3). */
// @ts-ignore: decorator
function sumLanes(value) {
    return (f32x4.extract_lane(value, 0) +
        f32x4.extract_lane(value, 1) +
        (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3)));
}
/** A kernel's argument number `index` as an address or a whole number. */
// @ts-ignore: decorator
function word(words, index) {
    return load(words + (index << 2));
}
// @ts-ignore: decorator
function address(words, index) {
    return load(words + (index << 2));
}
/** A kernel's argument number `index` as a float. */
// @ts-ignore: decorator
function real(words, index) {
    return load(words + (index << 2));
}
/** A hyperparameter: two float32s, high and low part, so that 0.999 keeps about 48 bits. */
// @ts-ignore: decorator
function hyperparameter(cells, index) {
    return load(cells + (index << 3)) + load(cells + (index << 3), 4);
}
