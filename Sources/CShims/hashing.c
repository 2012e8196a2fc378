// SHA-256 of FIPS 180-4, with the processor's own instructions where it has them. Every command hashes a little, and
// OpenSSL takes longer to be loaded and set up than these commands take for everything else.
#include "hashing.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

static void take_blocks_plainly(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    uint32_t schedule[64];
    for (; blocks > 0; blocks--, bytes += 64) {
        for (int i = 0; i < 16; i++) {
            uint32_t word;
            memcpy(&word, bytes + 4 * i, 4);
            schedule[i] = __builtin_bswap32(word);
        }
        for (int i = 16; i < 64; i++) {
            uint32_t early = schedule[i - 15], late = schedule[i - 2];
            schedule[i] = schedule[i - 16] + schedule[i - 7] +
                          (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) +
                          (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
        }
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < 64; i++) {
            uint32_t one = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) +
                           constants[i] + schedule[i];
            uint32_t two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + one;
            d = c, c = b, b = a, a = one + two;
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d;
        state[4] += e, state[5] += f, state[6] += g, state[7] += h;
    }
}

#if defined(__x86_64__)
// The instructions take the state as the vectors ABEF and CDGH (highest lane first), and do two rounds each.
__attribute__((target("sha,sse4.1,ssse3")))
static void take_blocks_with_instructions(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);         // CDAB
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);  // EFGH
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);
    for (; blocks > 0; blocks--, bytes += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4];
        for (int i = 0; i < 4; i++)
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), big_endian);
#pragma clang loop unroll(full)
        for (int i = 0; i < 16; i++) {
            __m128i current = words[i & 3];
            __m128i sum = _mm_add_epi32(current, _mm_load_si128((const __m128i *)(constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
            if (i < 12) {
                // The four words that are needed in four steps from here take the place of these.
                __m128i next = _mm_sha256msg1_epu32(current, words[(i + 1) & 3]);
                next = _mm_add_epi32(next, _mm_alignr_epi8(words[(i + 3) & 3], words[(i + 2) & 3], 4));
                words[i & 3] = _mm_sha256msg2_epu32(next, words[(i + 3) & 3]);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1b);   // FEBA
    high = _mm_shuffle_epi32(cdgh, 0xb1);  // DCHG
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xf0));       // DCBA
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));    // HGFE
}

static int has_instructions(void)
{
    static int known;  // 0 not asked yet, 1 no, 2 yes
    int answer = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (answer == 0) {
        unsigned a, b, c, d;
        int has_vectors = __get_cpuid(1, &a, &b, &c, &d) && c & 1u << 9 && c & 1u << 19;
        answer = has_vectors && __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & 1u << 29 ? 2 : 1;
        __atomic_store_n(&known, answer, __ATOMIC_RELAXED);
    }
    return answer == 2;
}
#endif

static void take_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
#if defined(__x86_64__)
    if (has_instructions()) {
        take_blocks_with_instructions(state, bytes, blocks);
        return;
    }
#endif
    take_blocks_plainly(state, bytes, blocks);
}

void minke_sha256_begin(minke_sha256 *hash)
{
    // The first 32 bits of the fractional parts of the square roots of the first eight primes.
    static const uint32_t start[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    memcpy(hash->words, start, sizeof start);
    hash->count = 0;
}

void minke_sha256_add(minke_sha256 *hash, const void *bytes, size_t count)
{
    const uint8_t *next = bytes;
    size_t kept = hash->count % 64;
    if (count == 0) return;
    hash->count += count;
    if (kept > 0) {
        size_t part = 64 - kept < count ? 64 - kept : count;
        memcpy(hash->block + kept, next, part);
        next += part, count -= part;
        if (kept + part < 64) return;
        take_blocks(hash->words, hash->block, 1);
    }
    take_blocks(hash->words, next, count / 64);
    memcpy(hash->block, next + count / 64 * 64, count % 64);
}

void minke_sha256_end(minke_sha256 *hash, uint8_t *digest)
{
    uint64_t bits = __builtin_bswap64(hash->count * 8);
    size_t kept = hash->count % 64;
    hash->block[kept++] = 0x80;
    if (kept > 56) {
        memset(hash->block + kept, 0, 64 - kept);
        take_blocks(hash->words, hash->block, 1);
        kept = 0;
    }
    memset(hash->block + kept, 0, 56 - kept);
    memcpy(hash->block + 56, &bits, 8);
    take_blocks(hash->words, hash->block, 1);
    for (int i = 0; i < 8; i++) {
        uint32_t word = __builtin_bswap32(hash->words[i]);
        memcpy(digest + 4 * i, &word, 4);
    }
}
