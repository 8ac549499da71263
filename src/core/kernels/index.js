"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.useScratch = exports.softmax_gradient = exports.softmax = exports.mse_gradient = exports.mse = exports.cross_entropy_gradient = exports.cross_entropy_both = exports.cross_entropy = exports.sum = exports.usePanel = exports.matmul = void 0;
// The kernels. Everything exported here can be named by an op, an effect or an optimizer.
__exportStar(require("./data"), exports);
__exportStar(require("./elementwise"), exports);
__exportStar(require("./optimizer"), exports);
var product_1 = require("./product");
Object.defineProperty(exports, "matmul", { enumerable: true, get: function () { return product_1.matmul; } });
Object.defineProperty(exports, "usePanel", { enumerable: true, get: function () { return product_1.usePanel; } });
__exportStar(require("./program"), exports);
var reduce_1 = require("./reduce");
Object.defineProperty(exports, "sum", { enumerable: true, get: function () { return reduce_1.sum; } });
var softmax_1 = require("./softmax");
Object.defineProperty(exports, "cross_entropy", { enumerable: true, get: function () { return softmax_1.cross_entropy; } });
Object.defineProperty(exports, "cross_entropy_both", { enumerable: true, get: function () { return softmax_1.cross_entropy_both; } });
Object.defineProperty(exports, "cross_entropy_gradient", { enumerable: true, get: function () { return softmax_1.cross_entropy_gradient; } });
Object.defineProperty(exports, "mse", { enumerable: true, get: function () { return softmax_1.mse; } });
Object.defineProperty(exports, "mse_gradient", { enumerable: true, get: function () { return softmax_1.mse_gradient; } });
Object.defineProperty(exports, "softmax", { enumerable: true, get: function () { return softmax_1.softmax; } });
Object.defineProperty(exports, "softmax_gradient", { enumerable: true, get: function () { return softmax_1.softmax_gradient; } });
Object.defineProperty(exports, "useScratch", { enumerable: true, get: function () { return softmax_1.useScratch; } });
