using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ledger.Primitives;

namespace Ledger.Simulator.Chance;

/// <summary>
/// 64-bit mixing for what a simulation needs no cryptography for: checksums, names, signatures of which only the
/// verifier knows the secrets.
/// </summary>
public static class Mix64
{
    /// <summary>Mixes two words into one.</summary>
    public static ulong Of(ulong first, ulong second)
    {
        unchecked
        {
            ulong mixed = (first ^ (second * 0x9E3779B97F4A7C15UL)) + 0xD1B54A32D192ED03UL;
            mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93UL;
            mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9UL;
            return mixed ^ (mixed >> 32);
        }
    }

    /// <summary>Mixes bytes, each of which changes the result, into a start value.</summary>
    public static ulong Of(ulong start, ReadOnlySpan<byte> bytes)
    {
        ulong mixed = Of(start, (ulong)bytes.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            mixed = unchecked((mixed ^ word) * 0x9E3779B97F4A7C15UL);
            mixed ^= mixed >> 32;
        }

        foreach (byte one in bytes[(words.Length * sizeof(ulong))..])
        {
            mixed = unchecked((mixed ^ one) * 0x100000001B3UL);
        }

        return Of(mixed, 0);
    }

    /// <summary>Mixes a hash into a start value.</summary>
    public static ulong Of(ulong start, in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        return Of(start, bytes);
    }

    /// <summary>Fills bytes, a multiple of 8, from one word.</summary>
    public static void Fill(ulong start, Span<byte> bytes)
    {
        ulong state = start;
        for (int at = 0; at < bytes.Length; at += sizeof(ulong))
        {
            state = Of(state, (ulong)at);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], state);
        }
    }

    /// <summary>A name of 32 bytes for a pair of words.</summary>
    public static Hash256 Name(ulong first, ulong second)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        Fill(Of(first, second), bytes);
        return new Hash256(bytes);
    }
}
