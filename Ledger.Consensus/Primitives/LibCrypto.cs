using System.Runtime.InteropServices;

namespace Ledger.Primitives;

/// <summary>
/// SHA-256 of OpenSSL's libcrypto, called directly. The platform hashes with the same library, but by a longer way:
/// for the short messages of trees that way takes three times as long as the hash. Where the library has no such
/// functions there is none here either.
/// </summary>
internal static unsafe class LibCrypto
{
    /// <summary>The name of the library with the interface of OpenSSL 3.</summary>
    private const string Name = "libcrypto.so.3";

    /// <summary>SHA256_CTX has 112 bytes, and so it has had since OpenSSL 0.9.8.</summary>
    private const int ContextBytes = 128;

    private static readonly nint Library = NativeLibrary.TryLoad(Name, out nint library) ? library : 0;

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int> Init =
        (delegate* unmanaged[SuppressGCTransition]<byte*, int>)Export("SHA256_Init");

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> Update =
        (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)Export("SHA256_Update");

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> Final =
        (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)Export("SHA256_Final");

    /// <summary>Whether the library is there and has what is needed.</summary>
    public static bool IsThere { get; } = Init is not null && Update is not null && Final is not null;

    /// <summary>
    /// Hashes a message. The collector of garbage waits meanwhile, so it is short: see <see cref="Sha256"/>.
    /// </summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        byte* context = stackalloc byte[ContextBytes];
        fixed (byte* bytes = message, target = digest)
        {
            int done = Init(context) & Update(context, bytes, (nuint)message.Length) & Final(target, context);
            Invariant.That(done == 1, "SHA-256 of libcrypto has no errors");
        }
    }

    private static nint Export(string name) =>
        Library != 0 && NativeLibrary.TryGetExport(Library, name, out nint address) ? address : 0;
}
