#pragma once
#include <stddef.h>

/// memmem is declared only under _GNU_SOURCE, so Swift's own Glibc module leaves it out.
extern void *memmem(const void *bytes, size_t count, const void *pattern, size_t length);
