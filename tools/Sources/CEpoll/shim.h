// What Swift's own Glibc module leaves out, and the one loop over every byte: it runs in debug builds too, beside what is measured.
#pragma once
#include <stddef.h>
#include <sys/epoll.h>

/// memmem is declared only under _GNU_SOURCE.
extern void *memmem(const void *bytes, size_t count, const void *pattern, size_t length);

/// The number N in the last whole `id="nN"` of some bytes, or -1.
static inline long waiaas_last_update(const char *bytes, size_t count) {
    static const char mark[] = {'i', 'd', '=', '"', 'n'};
    const char *end = bytes + count;
    long last = -1;
    while (bytes != end) {
        const char *digit = (const char *)memmem(bytes, (size_t)(end - bytes), mark, sizeof mark);
        if (digit == NULL) {
            break;
        }
        digit += sizeof mark;
        long number = 0;
        for (; digit != end && *digit >= '0' && *digit <= '9' && number < 1000000000; digit++) {
            number = number * 10 + (*digit - '0');
        }
        if (digit != end && *digit == '"') {
            last = number;
        }
        bytes = digit;
    }
    return last;
}
