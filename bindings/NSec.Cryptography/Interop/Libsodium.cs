using System.Runtime.InteropServices;

namespace NSec.Cryptography.Interop;

/// <summary>The functions of libsodium's C API that are used here; sizes and pointers as in its headers.</summary>
internal static unsafe partial class Libsodium
{
    /// <summary>The name that the resolver of <see cref="LibsodiumLibrary"/> answers to.</summary>
    internal const string Name = "libsodium";

    [LibraryImport(Name)]
    internal static partial int sodium_init();

    [LibraryImport(Name)]
    internal static partial nint sodium_malloc(nuint size);

    [LibraryImport(Name)]
    internal static partial void sodium_free(nint pointer);

    [LibraryImport(Name)]
    internal static partial int crypto_sign_ed25519_seed_keypair(byte* publicKey, SecureMemory secretKey, byte* seed);

    [LibraryImport(Name)]
    internal static partial int crypto_sign_ed25519_detached(
        byte* signature, ulong* signatureLength, byte* message, ulong messageLength, SecureMemory secretKey);

    [LibraryImport(Name)]
    internal static partial int crypto_sign_ed25519_verify_detached(
        byte* signature, byte* message, ulong messageLength, byte* publicKey);

    [LibraryImport(Name)]
    internal static partial int crypto_scalarmult_curve25519(SecureMemory shared, SecureMemory scalar, byte* point);

    [LibraryImport(Name)]
    internal static partial int crypto_scalarmult_curve25519_base(byte* publicKey, SecureMemory scalar);

    [LibraryImport(Name)]
    internal static partial int crypto_aead_xchacha20poly1305_ietf_encrypt(
        byte* ciphertext, ulong* ciphertextLength, byte* message, ulong messageLength,
        byte* associatedData, ulong associatedDataLength, byte* secretNonce, byte* nonce, SecureMemory key);

    [LibraryImport(Name)]
    internal static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(
        byte* message, ulong* messageLength, byte* secretNonce, byte* ciphertext, ulong ciphertextLength,
        byte* associatedData, ulong associatedDataLength, byte* nonce, SecureMemory key);

    [LibraryImport(Name)]
    internal static partial int crypto_pwhash_argon2id(
        byte* output, ulong outputLength, byte* password, ulong passwordLength,
        byte* salt, ulong operations, nuint memoryBytes, int algorithm);
}
