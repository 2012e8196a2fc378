#pragma once

/// Why libcrypto, which is loaded when it is first needed, cannot be; null where it can.
const char *minke_crypto_missing(void);
