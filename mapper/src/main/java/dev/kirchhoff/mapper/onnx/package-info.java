/**
 * ONNX models and their operators: shapes of all tensors, constants, matrix layers with the digital
 * work between them; and execution of a graph on values, its stored matrices on any engine that
 * multiplies. An operator is one entry of its family, for inference and execution.
 */
package dev.kirchhoff.mapper.onnx;
