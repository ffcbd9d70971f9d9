using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>What of a sealed envelope can be judged by those who cannot open it. Rule P-3.</summary>
public static class SealedForm
{
    /// <summary>The nonce of XChaCha20-Poly1305.</summary>
    public const int NonceBytes = 24;

    /// <summary>The tag of XChaCha20-Poly1305, which is added to what is encrypted.</summary>
    public const int TagBytes = 16;

    /// <summary>A content key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Lengths are right, there are recipients, and they stand in ascending order, each once.</summary>
    public static bool IsRight(SealedEnvelope? envelope) =>
        envelope is not null
        && envelope.EphemeralKey.Length == PublicKeyBytes.Size
        && envelope.Nonce.Length == NonceBytes
        && envelope.Content.Length > TagBytes
        && envelope.Content.Length <= TransactionLimits.SealedBytesMax + TagBytes
        && envelope.Keys.Count is > 0 and <= TransactionLimits.RecipientsMax
        && envelope.Keys.All(static key => key.Recipient.Length == Address.Size
            && key.KeyNumber > 0
            && key.Wrapped.Length == KeyBytes + TagBytes)
        && envelope.Keys.Zip(envelope.Keys.Skip(1)).All(static pair =>
            pair.First.Recipient.Span.SequenceCompareTo(pair.Second.Recipient.Span) < 0);
}
