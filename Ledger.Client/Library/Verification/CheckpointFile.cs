using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>A checkpoint as a file: the chain id, a header and the validator set after it, in hexadecimal.</summary>
public static class CheckpointFile
{
    /// <summary>Writes a checkpoint that was verified. Throws <see cref="IOException"/>.</summary>
    public static void Write(
        string path, Hash256 chainId, ReadOnlySpan<byte> header, ReadOnlySpan<byte> nextSet, bool overwrite)
    {
        CheckpointDocument document = new()
        {
            ChainId = chainId.ToString(),
            Header = Convert.ToHexStringLower(header),
            NextSet = Convert.ToHexStringLower(nextSet),
        };
        AtomicFile.Write(
            path, JsonSerializer.SerializeToUtf8Bytes(document, CheckpointJson.Default.CheckpointDocument), overwrite);
    }

    /// <summary>Reads a checkpoint, or says that the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out TrustRoot? root)
    {
        root = null;
        try
        {
            CheckpointDocument? document = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointDocument);
            return document is { Header: not null, NextSet: not null }
                && Hash256.TryParse(document.ChainId, out Hash256 chainId)
                && TrustRoot.TryFromCheckpoint(
                    chainId, Convert.FromHexString(document.Header), Convert.FromHexString(document.NextSet), out root);
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return false;
        }
    }
}
