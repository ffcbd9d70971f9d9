using System.Reflection;
using System.Runtime.InteropServices;

namespace NSec.Cryptography.Interop;

/// <summary>Finds the system's libsodium, checks that it has what is needed, and initialises it once.</summary>
internal static class LibsodiumLibrary
{
    // The numbered names come first: only they are part of a distribution's run-time package.
    internal static readonly string[] Names =
    [
        "libsodium.so.23", "libsodium.so.26", "libsodium.so",
        "libsodium.26.dylib", "libsodium.dylib", "libsodium.dll",
    ];

    internal static readonly string[] Symbols =
    [
        nameof(Libsodium.sodium_init),
        nameof(Libsodium.sodium_malloc),
        nameof(Libsodium.sodium_free),
        nameof(Libsodium.crypto_sign_ed25519_seed_keypair),
        nameof(Libsodium.crypto_sign_ed25519_detached),
        nameof(Libsodium.crypto_sign_ed25519_verify_detached),
        nameof(Libsodium.crypto_scalarmult_curve25519),
        nameof(Libsodium.crypto_scalarmult_curve25519_base),
        nameof(Libsodium.crypto_aead_xchacha20poly1305_ietf_encrypt),
        nameof(Libsodium.crypto_aead_xchacha20poly1305_ietf_decrypt),
        nameof(Libsodium.crypto_pwhash_argon2id),
    ];

    private const string Remedy =
        "Debian 12/13, Ubuntu 22.04/24.04: package libsodium23, `apt-get install libsodium23`; "
        + "Fedora: package libsodium, `dnf install libsodium`; Alpine: package libsodium, `apk add libsodium`.";

    private static readonly Lock Gate = new();
    private static bool s_isReady;

    /// <summary>Makes every function of <see cref="Libsodium"/> callable.</summary>
    /// <exception cref="DllNotFoundException">No library of a known name, or one without a needed symbol.</exception>
    internal static void EnsureReady()
    {
        if (!Volatile.Read(ref s_isReady))
        {
            Initialize();
        }
    }

    /// <summary>Loads the first library of the list that the system has, and checks its symbols.</summary>
    internal static nint Load(IReadOnlyList<string> names, IReadOnlyList<string> symbols)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                CheckSymbols(name, handle, symbols);
                return handle;
            }
        }

        throw new DllNotFoundException($"libsodium was not found (tried {string.Join(", ", names)}). {Remedy}");
    }

    private static void CheckSymbols(string name, nint handle, IReadOnlyList<string> symbols)
    {
        string[] missing = [.. symbols.Where(symbol => !NativeLibrary.TryGetExport(handle, symbol, out _))];
        if (missing.Length > 0)
        {
            NativeLibrary.Free(handle);
            throw new DllNotFoundException($"{name} lacks {string.Join(", ", missing)}. {Remedy}");
        }
    }

    private static void Initialize()
    {
        lock (Gate)
        {
            if (s_isReady)
            {
                return;
            }

            nint handle = Load(Names, Symbols);
            NativeLibrary.SetDllImportResolver(
                Assembly.GetExecutingAssembly(), (name, _, _) => name == Libsodium.Name ? handle : nint.Zero);

            // 0 is done, 1 is done before by another user of the library in this process.
            if (Libsodium.sodium_init() < 0)
            {
                throw new InvalidOperationException("libsodium got no randomness from the system.");
            }

            Volatile.Write(ref s_isReady, true);
        }
    }
}
