using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Seats;

/// <summary>
/// A vote key with the proof that its holder wants it for an institution's seat: what a proposal about seats needs. It
/// holds nothing secret.
/// </summary>
/// <param name="ChainId">The chain that the proof is for.</param>
/// <param name="Institution">Whose seat the key is for.</param>
/// <param name="VoteKey">The public key.</param>
/// <param name="Proof">The key's signature over chain id and institution, 64 bytes (P-4).</param>
public sealed record VoteKeyCard(
    Hash256 ChainId, Address Institution, PublicKeyBytes VoteKey, ReadOnlyMemory<byte> Proof)
{
    private const long FileBytesMax = 16 * 1024;

    /// <summary>Makes the proof; a vote key signs it once, when it is made.</summary>
    public static VoteKeyCard Create(Hash256 chainId, Address institution, SigningKey voteKey) =>
        new(chainId, institution, voteKey.PublicKey, SeatChangeFactory.ProofOf(chainId, institution, voteKey));

    /// <summary>
    /// Reads a card and checks its proof. Throws <see cref="FormatException"/> when it is none or its proof is wrong,
    /// <see cref="IOException"/> when it cannot be read.
    /// </summary>
    public static VoteKeyCard Read(string path)
    {
        VoteKeyCard card = new FileInfo(path).Length <= FileBytesMax && TryParse(File.ReadAllBytes(path)) is { } read
            ? read
            : throw new FormatException(
                $"{path} is not a vote key's card. Make one with: ledger-node vote-key card --home HOME");
        return SeatChangeFactory.IsProof(card.ChainId, card.Institution, card.VoteKey, card.Proof.Span)
            ? card
            : throw new FormatException($"{path} holds a proof that its key did not make. Do not use it.");
    }

    /// <summary>Writes the card, replacing what is there. Throws <see cref="IOException"/>.</summary>
    public void Write(string path)
    {
        VoteKeyCardDocument document = new(
            ChainId.ToString(), Institution.ToString(), VoteKey.ToString(), Convert.ToHexStringLower(Proof.Span));
        AtomicFile.Write(
            path,
            JsonSerializer.SerializeToUtf8Bytes(document, VoteKeyCardJson.Default.VoteKeyCardDocument),
            overwrite: true);
    }

    /// <summary>Reads a card's bytes, or null where they are none. The proof is not checked.</summary>
    public static VoteKeyCard? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            VoteKeyCardDocument? document =
                JsonSerializer.Deserialize(json, VoteKeyCardJson.Default.VoteKeyCardDocument);
            return document is { VoteKey: not null, Proof: not null }
                && Hash256.TryParse(document.ChainId, out Hash256 chainId)
                && Address.TryParse(document.Institution, out Address institution)
                && PublicKeyBytes.TryRead(Convert.FromHexString(document.VoteKey), out PublicKeyBytes voteKey)
                    ? new VoteKeyCard(chainId, institution, voteKey, Convert.FromHexString(document.Proof))
                    : null;
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return null;
        }
    }
}
