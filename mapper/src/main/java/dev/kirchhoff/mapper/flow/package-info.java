/** Flow of activations through a mapped chip: traffic, buffers, links, schedule. */
package dev.kirchhoff.mapper.flow;
