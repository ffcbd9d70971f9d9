using System.Security.Cryptography;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>Argon2id of RFC 9106, with one lane and a salt of 16 bytes, which is what libsodium computes.</summary>
public sealed unsafe class Argon2id : PasswordBasedKeyDerivationAlgorithm
{
    private const int SaltBytes = 16;
    private const int Lanes = 1;
    private const int BytesPerKibibyte = 1024;

    // libsodium's own limits: it refuses less memory, and more than a 32 bit number of blocks.
    private const long MemoryKibibytesMin = 8;
    private const long MemoryKibibytesMax = 4294967295;
    private const long PassesMax = 4294967295;

    // libsodium gives no fewer bytes; a shorter output is its beginning.
    private const int OutputBytesMin = 16;
    private const int Argon2id13 = 2;

    private readonly nuint _memoryBytes;
    private readonly ulong _passes;

    /// <summary>Fixes the cost of the derivation.</summary>
    /// <exception cref="ArgumentException">A parameter is not one that libsodium can compute.</exception>
    public Argon2id(in Argon2Parameters parameters)
        : base(SaltBytes, int.MaxValue)
    {
        bool isPossible = parameters.DegreeOfParallelism == Lanes
            && parameters.MemorySize is >= MemoryKibibytesMin and <= MemoryKibibytesMax
            && parameters.NumberOfPasses is >= 1 and <= PassesMax;
        if (!isPossible)
        {
            throw new ArgumentException("libsodium computes 1 lane, 8 KiB and 1 pass at least.", nameof(parameters));
        }

        _memoryBytes = (nuint)(parameters.MemorySize * BytesPerKibibyte);
        _passes = (ulong)parameters.NumberOfPasses;
    }

    private protected override bool TryDeriveBytesCore(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> bytes)
    {
        if (bytes.Length >= OutputBytesMin)
        {
            return TryHash(password, salt, bytes);
        }

        Span<byte> output = stackalloc byte[OutputBytesMin];
        bool isDone = TryHash(password, salt, output);
        output[..bytes.Length].CopyTo(bytes);
        CryptographicOperations.ZeroMemory(output);
        return isDone;
    }

    private bool TryHash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> bytes)
    {
        fixed (byte* output = bytes, secret = password, saltBytes = salt)
        {
            return Libsodium.crypto_pwhash_argon2id(
                output, (ulong)bytes.Length, secret, (ulong)password.Length,
                saltBytes, _passes, _memoryBytes, Argon2id13) == 0;
        }
    }
}
