using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// A block that the operator was told of by somebody it trusts: a chain without it is another one, whoever signed it.
/// </summary>
/// <param name="Height">Its height, at least 1.</param>
/// <param name="BlockHash">Its hash.</param>
public sealed record TrustedCheckpoint(ulong Height, Hash256 BlockHash)
{
    /// <summary>Reads HEIGHT:HASH.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TrustedCheckpoint? checkpoint)
    {
        checkpoint = null;
        string[] parts = (text ?? string.Empty).Split(':');
        if (parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong height)
            && height > 0
            && Hash256.TryParse(parts[1], out Hash256 hash))
        {
            checkpoint = new TrustedCheckpoint(height, hash);
        }

        return checkpoint is not null;
    }

    /// <summary>HEIGHT:HASH.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}:{BlockHash}");
}
