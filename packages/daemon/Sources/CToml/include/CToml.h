#ifndef WAIAAS_CTOML_H
#define WAIAAS_CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a visitor meets. A table and a list are followed by what they hold, and then by an end.
typedef enum __attribute__((enum_extensibility(closed))) ctoml_kind {
    CTOML_TABLE,
    CTOML_LIST,
    CTOML_END,
    CTOML_TEXT,
    CTOML_INTEGER,
    CTOML_BOOLEAN,
    /// A number with a fraction, a date or a time.
    CTOML_OTHER,
} ctoml_kind;

/// One thing that is met. Pointers are valid during the call; texts are UTF-8 and not terminated.
typedef struct ctoml_item {
    ctoml_kind kind;
    /// NULL within a list and at an end.
    const char *key;
    size_t key_length;
    /// Where the key stands, else the value; from 1.
    uint32_t line;
    uint32_t column;
    const char *text;
    size_t text_length;
    /// The number; 0 or 1 for a boolean.
    int64_t integer;
} ctoml_item;

/// Why a text was refused.
typedef struct ctoml_error {
    char message[200];
    uint32_t line;
    uint32_t column;
} ctoml_error;

/// Parses a TOML 1.0 document and shows what it holds to the visitor, tables in the order of their keys.
///
/// Returns false and fills the error for a text that is no TOML or is nested deeper than CTOML_DEPTH.
bool ctoml_parse(
    const char *text, size_t length, void (*visit)(void *context, const ctoml_item *item), void *context, ctoml_error *error);

/// How deep tables and lists may be nested.
#define CTOML_DEPTH 8

#ifdef __cplusplus
}
#endif

#endif
