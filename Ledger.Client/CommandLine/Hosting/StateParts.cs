using System.Buffers.Binary;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>The parts of a key of the state, for people.</summary>
internal static class StateParts
{
    /// <summary>What the key says besides kind, first part and number; null where there is no more.</summary>
    public static string? Rest(StateKey key)
    {
        if (key.Raw.Length <= 1 + Address.Size)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = key.Raw.Span[(1 + Address.Size)..];
        rest = StateValues.IsNumbered(key) ? rest[..^sizeof(ulong)] : rest;
        List<string> parts = [];
        for (; rest.Length > 0; rest = rest[Math.Min(Hash256.Size, rest.Length)..])
        {
            parts.Add(Convert.ToHexStringLower(rest[..Math.Min(Hash256.Size, rest.Length)]));
        }

        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    /// <summary>The number of an instance; null for a key without one.</summary>
    public static ulong? NumberOf(StateKey key) => StateValues.IsNumbered(key)
        ? BinaryPrimitives.ReadUInt64BigEndian(key.Raw.Span[^sizeof(ulong)..])
        : null;

    /// <summary>Whether one of the parts after the first is this hash or address.</summary>
    public static bool Has(StateKey key, in Hash256 part)
    {
        for (int at = 1 + Hash256.Size; at + Hash256.Size <= key.Raw.Length; at += Hash256.Size)
        {
            if (new Hash256(key.Raw.Span.Slice(at, Hash256.Size)) == part)
            {
                return true;
            }
        }

        return false;
    }
}
