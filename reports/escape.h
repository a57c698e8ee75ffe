/* Makes hostile bytes harmless on a terminal, in XML and in a shell. */
#ifndef REPORTS_ESCAPE_H
#define REPORTS_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/* The length of the well-formed UTF-8 character at `text`, of which `left` bytes are there; 0 when
 * there is none. Control characters (of C1, too) and noncharacters count as none; but for tab and
 * newline. */
size_t escape_printable(const char *text, size_t left);

/* Nothing in the first `length` bytes needs escaping on a terminal. */
bool escape_none_needed(const char *text, size_t length);

/* The first `length` bytes of `text` with every byte that is not printable shown as \xNN, to be
 * freed. */
char *escape_text(const char *text, size_t length);

/* Likewise, and safe between XML tags and in attributes. */
char *escape_xml(const char *text, size_t length);

/* One word for a shell that stands for exactly these bytes, to be freed; but that an
 * expression such as $GATEMARK_KEY_VALID or ${GATEMARK_KEY_VALID%?} is left to the shell to expand.
 * NULL when no word can hold them (NUL; a carriage return or newline). */
char *escape_shell(const char *text, size_t length);

/* The length of the expression for a key at the start of `text`, or 0. */
size_t escape_placeholder(const char *text, size_t left);

#endif
