#pragma once
#include <zlib.h>

// deflateInit and inflateInit are macros that pass the header's version and the size of the structure on, which Swift does not import.
static inline int waiaas_deflate_init(z_stream *stream, int level) { return deflateInit(stream, level); }
static inline int waiaas_inflate_init(z_stream *stream) { return inflateInit(stream); }
