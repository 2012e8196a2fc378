#pragma once

#include <stddef.h>
#include <stdint.h>

/// The state of a SHA-256 (FIPS 180-4) of bytes that come in pieces; a copy of it goes on by itself.
typedef struct {
    uint32_t words[8];
    uint64_t count;
    uint8_t block[64];
} minke_sha256;

void minke_sha256_begin(minke_sha256 *hash);
void minke_sha256_add(minke_sha256 *hash, const void *bytes, size_t count);

/// Writes the 32 bytes of the digest; the state is of no use afterwards.
void minke_sha256_end(minke_sha256 *hash, uint8_t *digest);
