/** Labelled samples that networks are judged on: shipped, generated, and read from users' files. */
package dev.kirchhoff.mapper.data;
