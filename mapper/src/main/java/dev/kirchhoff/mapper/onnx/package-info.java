/**
 * Reader of ONNX models: shapes of all tensors, what of them is constant, and the matrix layers
 * with the digital work between them. Values are never computed, except those that shapes depend
 * on.
 */
package dev.kirchhoff.mapper.onnx;
