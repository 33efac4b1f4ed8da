/**
 * ONNX models and their operators: shapes of all tensors, values of constants, matrix layers with
 * the digital work between them, each operator one entry of its family; and networks split at their
 * stored matrices, multiplied by any engine between parts that ONNX Runtime runs.
 */
package dev.kirchhoff.mapper.onnx;
